import { CuroError } from '@curo/crypto/errors'
import type { BodyOf } from '@curo/ledger/bodies'
import type { Policy } from '@curo/ledger/policy'
import type { CallOptions } from './api.ts'
import { type Author, AuthorDirectory } from './clinicians.ts'
import { bodyIn, type HistoryLine, readHistory } from './history-lines.ts'
import type { PatientPerson } from './person.ts'

/**
 * One look into a patient's records, one emergency in which a look was allowed, or the end of a consent that the doctor
 * gave back, as her ledger has it.
 */
export type Look = {
  at: string
  /**
   * `timeline`: the list of what there is; `records`: these records; `emergency`: two doctors opened the summary;
   * `given-back`: nothing was opened, and nothing opens any more with this consent.
   */
  what: 'timeline' | 'records' | 'emergency' | 'given-back'
  /** Who looked; in an emergency the doctor who asked and the one who confirmed, in this order. */
  by: Author[]
  records: string[]
  /** Absent where an author read what she wrote herself. */
  consent: string | null
  /** Why she could not be asked, where this was in an emergency; and what the hospital judged of it later. */
  emergency: { id: string; reason: string; review: Review | null } | null
  /** The line in the ledger: to prove it, and to show how far it has come. */
  line: HistoryLine
}
type Review = { outcome: 'justified' | 'not-justified'; reason: string | null; at: string }

/**
 * Everyone who looked, and who gave a consent back, newest first. Names are believed where the doctor's key stands in the ledger's registry
 * (`standing: 'registered'`). That the list is complete is proved by `verifyOwnHistory`, not here.
 * @throws CuroError 'unauthorized', 'unavailable'
 */
export async function whoLooked(
  patient: PatientPerson,
  options: CallOptions & { policy?: Policy | undefined } = {},
): Promise<Look[]> {
  const lines = await readHistory(patient, options)
  const opened = lines.flatMap((line) => {
    const body = bodyIn(line)
    return body ? [{ line, body }] : []
  })
  const reviews = new Map<string, Review>()
  const emergencies = new Map<string, BodyOf<'emergency'>>()
  for (const { body } of opened) {
    if (body.kind === 'emergency') emergencies.set(body.consent, body)
    if (body.kind === 'review')
      reviews.set(body.emergency, { outcome: body.outcome, reason: body.reason ?? null, at: body.at })
  }
  const authors = new AuthorDirectory(patient, options.policy ? { policy: options.policy } : {})
  const find = (people: readonly { account: string; identity: string }[]) =>
    Promise.all(people.map((person) => nameOf(authors, person, options)))
  const looks: Look[] = []
  for (const { line, body } of opened) {
    if (body.kind === 'revoke' && body.by)
      looks.push({
        at: body.at,
        what: 'given-back',
        by: await find([body.by]),
        records: [],
        consent: body.consent,
        emergency: null,
        line,
      })
    if (body.kind !== 'opening' && body.kind !== 'emergency') continue
    const emergency =
      body.kind === 'emergency'
        ? body
        : body.consent === undefined
          ? undefined
          : emergencies.get(body.consent)
    looks.push({
      at: body.at,
      what: body.kind === 'emergency' ? 'emergency' : body.records.length === 0 ? 'timeline' : 'records',
      by: await find(body.kind === 'emergency' ? body.by : (emergency?.by ?? [body.by])),
      records: body.kind === 'emergency' ? [] : body.records,
      consent: body.consent ?? null,
      emergency: emergency
        ? { id: emergency.id, reason: emergency.reason, review: reviews.get(emergency.id) ?? null }
        : null,
      line,
    })
  }
  return looks.reverse()
}

/** A key that is not the account's in the ledger proves nothing about who it was. */
async function nameOf(
  authors: AuthorDirectory,
  { account, identity }: { account: string; identity: string },
  options: CallOptions,
): Promise<Author> {
  return authors.find({ account, key: identity }, options).catch((error) => {
    if (error instanceof CuroError && error.code === 'bad-key')
      return { account, key: identity, standing: 'unknown' as const, name: null }
    throw error
  })
}
