import { type Account, findClinicians as findCliniciansRoute, getClinician } from '@curo/contract/accounts'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { Policy } from '@curo/ledger/policy'
import { verifyMemberProof } from '@curo/ledger/registry'
import type { CallInput, CallOptions } from './api.ts'
import { fetchProvenEntry, ownPolicy } from './log.ts'
import { type Person, verifyAccountKeys } from './person.ts'

/** A doctor whose keys stand in the hospital's ledger, where everyone sees them and none can be shown others. */
export type VerifiedClinician = {
  account: Account
  identity: Uint8Array
  seal: Uint8Array
  /** Index of the registry entry. */
  index: number
}

export type ClinicianFilter = NonNullable<CallInput<typeof findCliniciansRoute>['body']>

/** A page of approved doctors; their keys are not verified yet (verifyClinician). */
export async function findClinicians(
  person: Person,
  filter: ClinicianFilter = {},
  options: CallOptions = {},
) {
  return person.api.call(findCliniciansRoute, { body: filter }, { ...options, repeatable: true })
}

export type VerifyClinicianOptions = {
  account: string
  /** Who must have cosigned; without it the hospital's own log signature. */
  policy?: Policy | undefined
}

/**
 * Fetches a doctor and proves that the keys shown are those in the ledger's registry: entry, inclusion, signed checkpoint.
 * @throws CuroError 'not-found'; 'unavailable' while the entry is not published, or not cosigned as the policy asks; 'bad-key'
 * when the node shows other keys than the ledger; 'forged-signature' | 'ledger-inconsistent' when the proof does not hold
 */
export async function verifyClinician(
  person: Person,
  asked: VerifyClinicianOptions,
  options: CallOptions = {},
): Promise<VerifiedClinician> {
  const { state, ...clinician } = await proveClinician(person, asked, options)
  if (state !== 'active') throw swapped()
  return clinician
}

/** The same for one who may have been taken out of the registry since: what she wrote before is still hers. */
async function proveClinician(
  person: Person,
  { account: id, policy }: VerifyClinicianOptions,
  options: CallOptions,
): Promise<VerifiedClinician & { state: 'active' | 'withdrawn' }> {
  const { api, hospital } = person
  const account = await api.call(getClinician, { params: { account: id } }, options)
  if (account.id !== id) throw swapped()
  await verifyAccountKeys(account.keys, id)
  const { registry, keys } = account
  if (!registry) throw new CuroError('not-found', 'This doctor’s keys do not stand in the ledger.')
  if (registry.index === null) throw notYetPublished()
  if (registry.origin !== hospital.origin)
    throw new CuroError('invalid-input', 'This doctor belongs to another hospital; ask there.')
  const { entry, proofFile } = await fetchProvenEntry(api, registry.index, options).catch((error) => {
    throw isCuroError(error, 'not-found') ? notYetPublished(error) : error
  })
  const proof = { entry, proofFile, nodeKey: hospital.nodeKey }
  const own = ownPolicy(hospital)
  const { member, verdict } = await verifyMemberProof({ ...proof, policy: policy ?? own }).catch(
    async (error) => {
      if (!policy || !isCuroError(error, 'ledger-inconsistent')) throw error
      // It stands in the log, and only the others have not cosigned that yet.
      await verifyMemberProof({ ...proof, policy: own })
      throw notYetPublished(error)
    },
  )
  const same =
    member.kind === 'doctor' &&
    member.hospital === hospital.origin &&
    member.id === id &&
    member.identity === keys.identity &&
    member.seal === keys.seal &&
    (member.name === undefined || member.name === account.name)
  if (!same) throw swapped()
  return {
    account,
    identity: fromBase64Url(keys.identity),
    seal: fromBase64Url(keys.seal),
    index: verdict.index,
    state: member.state,
  }
}

function swapped(): CuroError {
  return new CuroError(
    'bad-key',
    'The hospital’s computer shows other keys for this doctor than the ledger. Nothing was sent. Do not go on; report it.',
  )
}

function notYetPublished(cause?: unknown): CuroError {
  return new CuroError(
    'unavailable',
    'This doctor’s keys are being entered in the ledger. Try again in a few seconds.',
    {
      cause,
    },
  )
}

/** Who wrote a record, and how far that is proved. */
export type Author = {
  account: string
  /** base64url. */
  key: string
  /** `registered`: a doctor's key in the ledger, in force or withdrawn since; `patient`: herself; `unknown`: signed, but by whom is not proved. */
  standing: 'registered' | 'patient' | 'unknown'
  name: string | null
}

/** Verifies each author once, however many records she wrote. */
export class AuthorDirectory {
  readonly #person: Person
  readonly #policy: Policy | undefined
  /** Identity keys of the patient whose records are read, base64url. */
  readonly #patientKeys: ReadonlySet<string>
  readonly #clinicians = new Map<string, Promise<VerifiedClinician | null>>()

  constructor(
    person: Person,
    { patientKeys = [], policy }: { patientKeys?: readonly string[]; policy?: Policy } = {},
  ) {
    this.#person = person
    this.#policy = policy
    this.#patientKeys = new Set(patientKeys)
  }

  /**
   * Compares the key that signed a record with the author's key in the ledger.
   * @throws CuroError 'bad-key' when the ledger has another: someone else signed in her name
   */
  async find({ account, key }: { account: string; key: string }, options: CallOptions = {}): Promise<Author> {
    if (this.#patientKeys.has(key)) return { account, key, standing: 'patient', name: null }
    const clinician = await this.#clinician(account, options)
    if (!clinician) return { account, key, standing: 'unknown', name: null }
    if (clinician.account.keys.identity !== key)
      throw new CuroError('bad-key', 'This record was signed by another key than its author’s in the ledger.')
    return { account, key, standing: 'registered', name: clinician.account.name }
  }

  /** Begins to prove authors who will be asked for; what fails is tried again then. */
  prepare(accounts: readonly string[], options: CallOptions = {}): void {
    for (const account of accounts) this.#clinician(account, options).catch(() => {})
  }

  #clinician(account: string, options: CallOptions): Promise<VerifiedClinician | null> {
    let known = this.#clinicians.get(account)
    if (!known) {
      known = proveClinician(this.#person, { account, policy: this.#policy }, options).catch((error) => {
        if (isCuroError(error, 'not-found', 'forbidden')) return null
        this.#clinicians.delete(account)
        throw error
      })
      this.#clinicians.set(account, known)
    }
    return known
  }
}
