import { expect, test } from 'vitest'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { fill, keepsake, state, workers } from './work.ts'

const call: WorkCall<unknown> = { onProgress: () => {}, signal: new AbortController().signal }

/** Whoever is signed in where nothing may be asked and nothing kept: there is neither a node nor IndexedDB here. */
const contextOf = ({ training, role }: { training: boolean; role: string }) =>
  ({ person: () => ({ hospital: { training }, account: { role } }) }) as unknown as WorkContext

const REFUSED = [
  { training: false, role: 'admin', why: 'not a training hospital' },
  { training: true, role: 'doctor', why: 'administrator' },
  { training: true, role: 'staff', why: 'administrator' },
]

test.each(REFUSED)(
  'nobody is invented with training $training for the role $role',
  async ({ why, ...who }) => {
    const context = contextOf(who)
    const refusal = { code: 'forbidden', message: expect.stringContaining(why) }
    await expect(fill(context, { patients: 1, seed: 'curo' }, call)).rejects.toMatchObject(refusal)
    await expect(state(context)).rejects.toMatchObject(refusal)
    await expect(workers(context, undefined, call)).rejects.toMatchObject(refusal)
    await expect(keepsake(context, undefined, call)).rejects.toMatchObject(refusal)
  },
)
