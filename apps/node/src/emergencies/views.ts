import type { EmergencyConfirmation, EmergencyView } from '@curo/contract/emergencies'
import type { Selectable } from 'kysely'
import { namesOf } from '../accounts/directory.ts'
import { type ConsentRow, viewOf } from '../consent/service.ts'
import type { NodeContext } from '../context.ts'
import { viewPatients } from '../patients/views.ts'
import { openJson, openText } from '../sealed-columns.ts'
import { emergencyCell, openEmergencyRequest, REVIEW_WITHIN_MS } from './rules.ts'
import type { EmergencyTables } from './tables.ts'

export type EmergencyRow = Selectable<EmergencyTables['emergencies']>

/** Emergencies as those they concern see them, in the order of the rows. */
export async function viewEmergencies(
  node: NodeContext,
  rows: readonly EmergencyRow[],
): Promise<EmergencyView[]> {
  if (rows.length === 0) return []
  const people = rows.flatMap((row) => [row.account, row.confirmed_by, row.reviewed_by].filter(isPresent))
  const [names, patients, consents] = await Promise.all([
    namesOf(node, [...new Set(people)]),
    patientsOf(node, rows),
    consentsOf(node, rows),
  ])
  const now = node.clock()
  return Promise.all(
    rows.map(async (row) => {
      const { name, birthDate, sex } = patients.get(row.patient)?.demographics ?? UNKNOWN
      const consent = consents.get(row.consent ?? '')
      return {
        request: await openEmergencyRequest(node, row),
        state: stateOf(row, now),
        from: names.get(row.account) ?? '',
        patient: { name, birthDate, sex },
        expiresAt: row.expires_at.toISOString(),
        confirmation:
          row.confirmation &&
          (await openJson<EmergencyConfirmation>(
            node,
            emergencyCell('confirmation', row.id),
            row.confirmation,
          )),
        confirmedBy: row.confirmed_by && (names.get(row.confirmed_by) ?? ''),
        consent: consent
          ? await viewOf(node, consent, { granteeName: names.get(row.account) ?? '', now })
          : null,
        review: await reviewOf(node, row, names),
      }
    }),
  )
}

const isPresent = <T>(value: T | null): value is T => value !== null
const UNKNOWN = { name: { given: '', family: '?' }, birthDate: '0001-01-01', sex: 'unknown' } as const

function stateOf(row: EmergencyRow, now: Date): EmergencyView['state'] {
  if (row.confirmed_by) return 'confirmed'
  return row.expires_at > now ? 'waiting' : 'lapsed'
}

async function reviewOf(
  node: NodeContext,
  row: EmergencyRow,
  names: ReadonlyMap<string, string>,
): Promise<EmergencyView['review']> {
  if (!row.confirmed_at) return null
  return {
    dueAt: new Date(row.confirmed_at.getTime() + REVIEW_WITHIN_MS).toISOString(),
    outcome: row.review_outcome,
    by: row.reviewed_by && (names.get(row.reviewed_by) ?? ''),
    reason:
      row.review_reason && (await openText(node, emergencyCell('review_reason', row.id), row.review_reason)),
    at: row.reviewed_at?.toISOString() ?? null,
  }
}

async function patientsOf(node: NodeContext, rows: readonly EmergencyRow[]) {
  const found = await node.db
    .selectFrom('patients')
    .select(['id', 'demographics', 'activated_at', 'created_at'])
    .where('id', 'in', [...new Set(rows.map((row) => row.patient))])
    .execute()
  return new Map((await viewPatients(node, found)).map((view) => [view.id, view]))
}

async function consentsOf(
  node: NodeContext,
  rows: readonly EmergencyRow[],
): Promise<Map<string, ConsentRow>> {
  const ids = rows.map((row) => row.consent).filter(isPresent)
  if (ids.length === 0) return new Map()
  const found = await node.db.selectFrom('consents').selectAll().where('id', 'in', ids).execute()
  return new Map(found.map((row) => [row.id, row as ConsentRow]))
}
