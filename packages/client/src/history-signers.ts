import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { Body } from '@curo/ledger/bodies'
import type { IsKnownSigner } from '@curo/ledger/history'
import type { Policy } from '@curo/ledger/policy'
import type { CallOptions } from './api.ts'
import { AuthorDirectory } from './clinicians.ts'
import { consentsIn, type HistoryConsents } from './history-consents.ts'
import { bodyIn, type HistoryLine } from './history-lines.ts'
import { ownKeysOf } from './own-records.ts'
import type { PatientPerson } from './person.ts'

const LONGEST_EMERGENCY_MS = 60 * 60_000

type SignedStatement = { kind: string; document: { account?: unknown; signer?: unknown } }

/** What people must have signed before the hospital may write of it. */
const BEHIND: Partial<Record<Body['kind'], readonly string[]>> = {
  opening: ['opening-request'],
  request: ['consent-request'],
  grant: ['grant'],
  revoke: ['revoke'],
  emergency: ['emergency-request', 'emergency-confirmation'],
}

/**
 * Who may sign what: the hospital its bodies, where what a person signed stands in them; the patient what she gave and
 * took back; the hospital a consent by code; a doctor whose key is in the ledger's registry what she herself asked for, and
 * gave back of what was given to her. Nobody may open with a consent that had ended.
 */
export async function knownSigners(
  patient: PatientPerson,
  lines: readonly Pick<HistoryLine, 'body' | 'withheld'>[],
  options: CallOptions & { policy?: Policy | undefined },
): Promise<IsKnownSigner> {
  const { nodeKey } = patient.hospital
  const { identities } = await ownKeysOf(patient)
  const bodies = lines.flatMap((line) => bodyIn(line) ?? [])
  const clinicians = await registeredSigners(patient, { bodies, identities }, options)
  const consents = consentsIn(bodies)
  const hers = patient.account.patient
  return (signer, { statement, body }) => {
    if (statement === undefined) return signer === nodeKey && standsOnStatements(body, hers)
    if (BY_CLINICIANS.has(statement))
      return clinicians.has(signer) && signer === askerIn(body, statement) && isWithin(body, consents)
    return identities.has(signer) || (signer === nodeKey && isConsentByCode(body))
  }
}

const BY_CLINICIANS = new Set([
  'opening-request',
  'consent-request',
  'emergency-request',
  'emergency-confirmation',
  'give-back',
])

/** What a doctor did with a consent, she did with her own, and while it stood. */
function isWithin(body: Body, consents: HistoryConsents): boolean {
  if (body.kind === 'opening') return body.consent === undefined || !consents.hadEnded(body.consent, body.at)
  return body.kind !== 'revoke' || (body.by !== undefined && consents.isOf(body.consent, body.by.identity))
}

/** All that must be signed is there, about this patient and no other. */
function standsOnStatements(body: Body, patient: string): boolean {
  const { kind, statements = [] } = body
  const about = statements.every(({ document }) => (document.patient ?? patient) === patient)
  const behind = isGivenBack(body) ? ['give-back'] : (BEHIND[kind] ?? [])
  const isThere = (wanted: string) => statements.some((statement) => statement.kind === wanted)
  return about && behind.every(isThere) && (kind !== 'emergency' || isOfTwo(body))
}

/** Two different doctors, the second of whom signed what the first had asked. */
function isOfTwo(body: Extract<Body, { kind: 'emergency' }>): boolean {
  const [asker, second] = body.by
  const said = (kind: string) => body.statements?.find((statement) => statement.kind === kind)?.document
  const request = said('emergency-request')
  const confirmation = said('emergency-confirmation')
  if (!asker || !second || !request || !confirmation) return false
  if (!isSummaryForAnHour(body)) return false
  return (
    asker.account !== second.account &&
    asker.identity !== second.identity &&
    request.account === asker.account &&
    confirmation.account === second.account &&
    confirmation.request === toBase64Url(sha256(canonicalBytes(request)))
  )
}

/** Two doctors open what an emergency must show, for an hour, and nothing beyond. */
function isSummaryForAnHour({ scope, at, notAfter }: Extract<Body, { kind: 'emergency' }>): boolean {
  const lasts = Date.parse(notAfter) - Date.parse(at)
  return (
    scope.records.length === 0 &&
    scope.categories.every((category) => category === 'summary') &&
    lasts <= LONGEST_EMERGENCY_MS
  )
}

const isGivenBack = (body: Body) => body.kind === 'revoke' && body.by !== undefined

const isConsentByCode = (body: Body) => body.kind === 'grant' && body.by === 'otp'

function askerIn(body: Body, statement: string): string | undefined {
  if (body.kind === 'opening') return body.by.identity
  if (body.kind === 'revoke') return body.by?.identity
  if (body.kind === 'emergency') return body.by[statement === 'emergency-request' ? 0 : 1]?.identity
  return body.kind === 'request' ? body.from.identity : undefined
}

type Signers = { bodies: readonly Body[]; identities: ReadonlySet<string> }

async function registeredSigners(
  patient: PatientPerson,
  { bodies, identities }: Signers,
  options: CallOptions & { policy?: Policy | undefined },
): Promise<Set<string>> {
  const authors = new AuthorDirectory(patient, {
    patientKeys: [...identities],
    ...(options.policy ? { policy: options.policy } : {}),
  })
  const registered = new Set<string>()
  for (const { account, key } of statementSigners(bodies)) {
    if (registered.has(key)) continue
    const author = await authors.find({ account, key }, options).catch((error) => {
      if (error instanceof CuroError && error.code === 'bad-key') return null
      throw error
    })
    if (author?.standing === 'registered') registered.add(key)
  }
  return registered
}

function* statementSigners(bodies: readonly Body[]): Iterable<{ account: string; key: string }> {
  for (const body of bodies)
    for (const { document } of (body.statements ?? []) as SignedStatement[])
      if (typeof document.account === 'string' && typeof document.signer === 'string')
        yield { account: document.account, key: document.signer }
}
