import { enterOtp, requestConsent } from '@curo/client/consent'
import { sealGrantedKeys } from '@curo/client/granted-keys'
import { firstEpochs } from '@curo/client/patient-keys'
import type { Person } from '@curo/client/person'
import { type ConsentView, type Grant, grantConsent, type Scope } from '@curo/contract/consent'
import { openRecords, openTimeline } from '@curo/contract/openings'
import type { CardHolder, Hospital } from './hospital.ts'
import { signGrant, signOpening, signProof } from './statements.ts'

type Terms = { scope?: Partial<Scope>; use?: Grant['use']; notAfter?: Date }

const hence = (hospital: Hospital, milliseconds: number) =>
  new Date(hospital.node.clock.now().getTime() + milliseconds)
export const HOUR_MS = 3_600_000

/** The desk's way: the doctor asks with the card in hand and enters the code that the patient reads out. */
export async function consentByCode(
  hospital: Hospital,
  holder: CardHolder,
  {
    scope = { categories: ['laboratory'] },
    use = 'standing',
    notAfter = hence(hospital, HOUR_MS),
  }: Terms = {},
  doctor: Person = hospital.doctor,
): Promise<ConsentView> {
  const { id: patient, card } = holder
  const purpose = { code: 'CAREMGT' as const }
  const { request } = await requestConsent(doctor, { patient, scope, purpose, use, notAfter, card })
  return enterOtp(doctor, { request, code: hospital.lastCode() })
}

/** The app's way: the patient signs, and seals her category keys to the doctor. */
export async function consentByApp(
  hospital: Hospital,
  { id: patient, app }: CardHolder,
  { scope = {}, use = 'standing', notAfter = hence(hospital, HOUR_MS) }: Terms = {},
  doctor: Person = hospital.doctor,
): Promise<ConsentView> {
  const whole: Scope = { categories: ['laboratory'], records: [], ...scope }
  const grant = await signGrant(hospital, app, {
    patient,
    to: doctor,
    scope: whole,
    use,
    notAfter: notAfter.toISOString(),
  })
  const sealedKeys = await sealGrantedKeys(app, {
    consent: grant.id,
    to: doctor.seal.publicKey,
    categories: whole.categories,
    epochs: firstEpochs(),
  })
  const { consent } = await app.api.call(grantConsent, { body: { grant, sealedKeys } })
  return consent
}

type Attempt = {
  by?: Person
  consent?: string | undefined
  records?: string[]
  via?: 'card' | 'category' | 'author'
  /** Shows the card too, as `via: card` always does. */
  withCard?: boolean
}

/** One request to open, with whatever its maker says, and the bare answer. */
export async function tryOpening(hospital: Hospital, holder: CardHolder, attempt: Attempt) {
  const { by = hospital.doctor, consent, records, via = 'card', withCard = via === 'card' } = attempt
  const request = await signOpening(hospital, by, {
    patient: holder.id,
    via,
    ...(consent ? { consent } : {}),
    ...(records ? { records } : {}),
  })
  const proof = withCard ? await signProof(hospital, holder.card, { account: by.account.id }) : undefined
  const token = by.api.token ?? ''
  return hospital.node.call(
    records ? openRecords : openTimeline,
    { body: { request, ...(proof ? { proof } : {}) } },
    { token },
  )
}

/** Lines of one kind in a patient's part of the ledger. */
export async function ledgerLines(hospital: Hospital, patient: string, kind: string): Promise<number> {
  const rows = await hospital.node.context.db
    .selectFrom('ledger_events')
    .select('id')
    .where('patient', '=', patient)
    .where('kind', '=', kind)
    .execute()
  return rows.length
}
