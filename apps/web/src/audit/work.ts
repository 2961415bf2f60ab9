import { type ActivityFilter, type ActivityFormat, exportActivity } from '@curo/client/activity-export'
import {
  type AuditedRecord,
  type ChallengeResult,
  challengeStorage,
  getStorage,
  listActivity,
  listDegraded,
  listProblems,
  startScrub,
} from '@curo/client/audit'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export async function storage(context: WorkContext, _: undefined, { signal }: WorkCall) {
  return getStorage(context.person(), { signal })
}

/** Records of which pieces are damaged. */
export async function degraded(context: WorkContext, _: undefined, { signal }: WorkCall) {
  return listDegraded(context.person(), { limit: 100 }, { signal })
}

/** Begins to re-read and repair everything; its progress is in `storage`. */
export async function scrub(context: WorkContext): Promise<string> {
  return startScrub(context.person())
}

export type Challenged = {
  asked: number
  failed: number
  /** Each leaf that was not held, once, however often it was asked for. */
  leaves: (Omit<ChallengeResult, 'outcome'> & { outcome: 'missing' | 'altered' })[]
}

/** Demands pieces of these records, chosen at random, and checks each against its root. */
export async function challenge(
  context: WorkContext,
  given: { records: AuditedRecord[]; challenges: number },
  { signal }: WorkCall,
): Promise<Challenged> {
  const results = await challengeStorage(context.person(), given, { signal })
  const leaves = new Map<string, Challenged['leaves'][number]>()
  for (const { root, leaf, outcome } of results)
    if (outcome !== 'held') leaves.set(`${root} ${leaf}`, { root, leaf, outcome })
  const failed = results.filter(({ outcome }) => outcome !== 'held').length
  return { asked: results.length, failed, leaves: [...leaves.values()] }
}

export async function problems(context: WorkContext, _: undefined, { signal }: WorkCall) {
  return listProblems(context.person(), { signal })
}

export async function activity(
  context: WorkContext,
  filter: ActivityFilter & { after?: string },
  { signal }: WorkCall,
) {
  return listActivity(context.person(), { ...filter, limit: 100 }, { signal })
}

/** Everything a filter finds, as a file. */
export async function exported(
  context: WorkContext,
  { format, filter }: { format: ActivityFormat; filter: ActivityFilter },
  { signal }: WorkCall,
): Promise<Blob> {
  const parts: string[] = []
  for await (const part of exportActivity(context.person(), { format, filter }, { signal })) parts.push(part)
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/jsonl' })
}
