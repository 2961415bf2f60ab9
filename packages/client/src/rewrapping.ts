import { putRewraps, type Rewrap } from '@curo/contract/records'
import { deriveCategoryKey } from '@curo/crypto/account'
import { fromBase64Url } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import type { CuroError } from '@curo/crypto/errors'
import { makeRewrap, type Wrap, wholeWraps } from '@curo/crypto/record'
import { keyIdOf } from '@curo/crypto/xwing'
import type { CallOptions } from './api.ts'
import { keyIdUnder } from './key-ids.ts'
import type { VerifiedKeys } from './keys.ts'
import { attestOwnKeys } from './own-keys.ts'
import { type OwnRecord, readOwnRecords } from './own-records.ts'
import type { PatientPerson } from './person.ts'
import { recipientsFor } from './sealing.ts'

export type RewrapOptions = CallOptions & {
  /** Called after each batch. */
  onProgress?: ((progress: RewrapProgress) => void) | undefined
}

export type RewrapProgress = {
  /** Records looked at, given new wraps, and those that could not be opened. */
  seen: number
  rewrapped: number
  faults: { record: string; fault: CuroError }[]
}

const BATCH = 100

/**
 * Gives every record wraps for the keys in force, where it has none: after a new root or a new card. May be stopped at
 * any time and called again; records that have their wraps are left alone.
 * @throws CuroError 'bad-key' (the node shows other keys than her own), 'unavailable'
 */
export async function rewrapRecords(
  patient: PatientPerson,
  options: RewrapOptions = {},
): Promise<RewrapProgress> {
  const keys = await attestOwnKeys(patient, {}, options)
  const missing = new MissingWraps(patient, keys)
  const progress: RewrapProgress = { seen: 0, rewrapped: 0, faults: [] }
  let batch: Rewrap[] = []
  const flush = async () => {
    if (batch.length > 0) {
      await patient.api.call(putRewraps, { body: { rewraps: batch } }, { ...options, repeatable: true })
      progress.rewrapped += batch.length
      batch = []
    }
    options.onProgress?.({ ...progress })
  }
  for await (const record of readOwnRecords(patient, options)) {
    options.signal?.throwIfAborted()
    progress.seen++
    if (record.fault) progress.faults.push({ record: record.record, fault: record.fault })
    else if (await missing.in(record)) batch.push(await rewrapOf(patient, keys, record))
    if (batch.length === BATCH || progress.seen % BATCH === 0) await flush()
  }
  await flush()
  return progress
}

type Opened = Extract<OwnRecord, { fault?: undefined }>

function rewrapOf(
  patient: PatientPerson,
  keys: VerifiedKeys,
  { record, envelope, dek }: Opened,
): Promise<Rewrap> {
  return makeRewrap({
    record,
    dek,
    recipients: recipientsFor(keys, envelope.category),
    at: new Date().toISOString(),
    key: patient.identity,
  })
}

/** Finds out which records lack a wrap for the account, card or category keys that derive from what is in use now. */
class MissingWraps {
  readonly #patient: PatientPerson
  readonly #keys: VerifiedKeys
  readonly #accountKeyId: string
  readonly #cardKeyId: string | null
  /** Whether a category wrap is for a key of the root in use, by key id. */
  readonly #ownCategoryKeys = new Map<string, boolean>()

  constructor(patient: PatientPerson, keys: VerifiedKeys) {
    this.#patient = patient
    this.#keys = keys
    this.#accountKeyId = keyIdOf(keys.seal)
    this.#cardKeyId = keys.card?.publicKey ? keyIdOf(keys.card.publicKey) : null
  }

  async in({ envelope, rewraps }: Opened): Promise<boolean> {
    const wraps = [envelope, ...rewraps].flatMap(wholeWraps)
    const has = (to: Wrap['to'], keyId: string) =>
      wraps.some((wrap) => wrap.to === to && wrap.keyId === keyId)
    if (!has('account', this.#accountKeyId)) return true
    if (this.#cardKeyId && !has('card', this.#cardKeyId)) return true
    const current = this.#keys.categories.get(envelope.category)
    if (!current?.publicKey) return false
    for (const wrap of wraps)
      if (wrap.to === 'category' && (await this.#isOwn(wrap, envelope.category, current.epoch))) return false
    return true
  }

  async #isOwn(wrap: Wrap, category: Category, newest: number): Promise<boolean> {
    const known = this.#ownCategoryKeys.get(wrap.keyId)
    if (known !== undefined) return known
    const point = wrap.point === undefined ? null : fromBase64Url(wrap.point)
    let own = false
    for (let epoch = newest; epoch >= 0 && !own; epoch--) {
      const { seed } = await deriveCategoryKey(this.#patient.root, category, epoch)
      own = keyIdUnder(seed, point) === wrap.keyId
    }
    this.#ownCategoryKeys.set(wrap.keyId, own)
    return own
  }
}
