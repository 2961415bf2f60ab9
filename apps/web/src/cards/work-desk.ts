import { blockCard } from '@curo/client/cards'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Blocks a lost card at once; repeating it changes nothing. @throws CuroError 'not-found', 'forbidden' */
export async function block(
  context: WorkContext,
  input: { card: string; reason?: string },
  { signal }: WorkCall,
): Promise<void> {
  await blockCard(context.person(), input, { signal })
}
