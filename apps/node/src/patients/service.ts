import {
  type Demographics,
  demographics as demographicsSchema,
  type PatientSummary,
  type PublishedKeys,
} from '@curo/contract/patients'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { languageOf } from '../messages/languages.ts'
import { openJson, openText, sealJson } from '../sealed-columns.ts'
import { dayForms, queryWords } from '../search-words.ts'
import type { Session } from '../sessions.ts'
import { loadPublishedKeys, patientOfAccount } from './directory.ts'
import { patientToken, replaceSearchTokens, searchTokens } from './search.ts'
import { cardNumberCell, demographicsCell, viewPatients } from './views.ts'

const absent = () => new CuroError('not-found', 'There is no such patient here.')

/** A patient sees herself and nobody else; that another exists is not said. */
async function refuseStrangers(node: NodeContext, session: Session, patient: string): Promise<void> {
  if (session.account.role !== 'patient') return
  if ((await patientOfAccount(node.db, session.account.id)) !== patient) throw absent()
}

export async function getOnePatient(
  node: NodeContext,
  session: Session,
  patient: string,
): Promise<PatientSummary> {
  await refuseStrangers(node, session, patient)
  const row = await node.db.selectFrom('patients').selectAll().where('id', '=', patient).executeTakeFirst()
  const [view] = await viewPatients(node, row ? [row] : [])
  if (!view) throw absent()
  return view
}

export async function getPublishedKeys(
  node: NodeContext,
  session: Session,
  patient: string,
): Promise<PublishedKeys> {
  await refuseStrangers(node, session, patient)
  const published = await loadPublishedKeys(node, patient)
  if (!published) throw absent()
  return published
}

export async function correctDemographics(
  node: NodeContext,
  session: Session,
  given: { patient: string; demographics: Demographics; before?: Demographics | undefined },
): Promise<PatientSummary> {
  const { patient, demographics } = given
  const sealed = await sealJson(node, demographicsCell(patient), demographics)
  await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('patients')
      .select(['no', 'demographics'])
      .where('id', '=', patient)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw absent()
    const before = await openJson<Demographics>(node, demographicsCell(patient), row.demographics)
    const stands = canonicalJson(demographicsSchema.parse(before))
    // Asked again, because the first answer was lost on the way.
    if (given.before && stands === canonicalJson(demographics)) return
    if (given.before && stands !== canonicalJson(given.before))
      throw new CuroError(
        'conflict',
        'Somebody else has changed these details meanwhile. Look at what stands there now, then decide.',
      )
    await tellOldPhone(trx, node, { before, phone: demographics.phone })
    await trx.updateTable('patients').set({ demographics: sealed }).where('id', '=', patient).execute()
    const card = await trx
      .selectFrom('cards')
      .select(['number', 'number_token'])
      .where('patient', '=', patient)
      .where('status', '=', 'active')
      .executeTakeFirst()
    const number = card ? await openText(node, cardNumberCell(card.number_token), card.number) : null
    await replaceSearchTokens(trx, row.no, searchTokens(node, demographics, number))
    const act = { kind: 'patient', outcome: 'corrected', by: session.account, at: node.clock() } as const
    await recordActivity(trx, act)
  })
  return getOnePatient(node, session, patient)
}

/** Codes that open records go to this number: whoever changes it cannot do so behind the back of who had it. */
async function tellOldPhone(
  trx: Transaction<Database>,
  node: NodeContext,
  { before, phone }: { before: Demographics; phone: string | undefined },
): Promise<void> {
  if (before.phone === undefined || before.phone === phone) return
  await node.outbox.enqueue(trx, {
    to: before.phone,
    channel: 'sms',
    template: 'phone-changed',
    values: {},
    language: languageOf(before.language),
  })
}

/** The newest first; every word typed must be met by a name, number, day or identifier that begins with it. */
export async function findByWords(
  node: NodeContext,
  query: {
    search?: string | undefined
    birthDate?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<{ patients: PatientSummary[]; next: string | null }> {
  const words = query.search === undefined ? [] : queryWords(query.search)
  if (query.birthDate) words.push(dayForms(query.birthDate).slice(0, 1))
  if (query.search !== undefined && words.length === 0) return { patients: [], next: null }
  let found = node.db.selectFrom('patients').selectAll('patients')
  for (const alternatives of words)
    found = found.where('no', 'in', (match) =>
      match
        .selectFrom('patient_search')
        .select('patient_search.no')
        .where(
          'token',
          'in',
          alternatives.map((word) => patientToken(node, word)),
        ),
    )
  if (query.after !== undefined) {
    if (!/^\d{1,15}$/.test(query.after))
      throw new CuroError('invalid-input', 'This page is not one of the list: start from its beginning.')
    found = found.where('no', '<', Number(query.after))
  }
  const rows = await found
    .orderBy('no', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return {
    patients: await viewPatients(node, page),
    next: rows.length > query.limit ? String(page.at(-1)?.no) : null,
  }
}
