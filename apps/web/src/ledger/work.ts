import { getLedger } from '@curo/client/ledger'
import { type CheckedCheckpoint, checkCheckpoint, checkWholeLog } from '@curo/client/log-check'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export async function state(context: WorkContext, _: undefined, { signal }: WorkCall) {
  const { api } = await context.connection()
  return getLedger(api, { signal })
}

/** The newest checkpoint, every signature on it verified here. */
export async function checkpoint(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<CheckedCheckpoint> {
  return checkCheckpoint(await context.connection(), { signal })
}

export type LogCheck = {
  sound: boolean
  size: number
  quorum: boolean
  faults: { path: string; sentence: string }[]
}

/** Fetches and verifies the whole log in this browser. */
export async function checkAll(
  context: WorkContext,
  _: undefined,
  { signal, onProgress }: WorkCall<{ done: number; total: number }>,
): Promise<LogCheck> {
  const { sound, size, verdict, faults } = await checkWholeLog(await context.connection(), {
    signal,
    onProgress: (done, total) => onProgress({ done, total }),
  })
  return {
    sound,
    size,
    quorum: verdict.quorum,
    faults: faults.map(({ path, sentence }) => ({ path, sentence })),
  }
}
