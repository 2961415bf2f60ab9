import { AES_KEY_BYTES, GCM_TAG_BYTES, gcmOpen, gcmSeal } from './aes-gcm.ts'
import { type Bytes, concatBytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256, hmacSha256 } from './hash.ts'
import { randomBytes, randomValues } from './random.ts'

/**
 * Personal data in a node's database: suite u8 ‖ salt[16] ‖ ciphertext ‖ tag[16]. Each value has a key of its own,
 * derived from its salt: with one key and random 96-bit nonces, a busy database would pass the safe number of values.
 */
const SUITE = 0x01
const SALT_BYTES = 16
const HEADER_BYTES = 1 + SALT_BYTES
const NONCE = new Uint8Array(12)
const TOKEN_BYTES = 16

/** What a sealed column adds to a value. */
export const COLUMN_OVERHEAD_BYTES = HEADER_BYTES + GCM_TAG_BYTES

export type ColumnPlace = {
  /** The node's data key (32 bytes). */
  key: Uint8Array
  table: string
  column: string
  /** Primary key of the row, as text: a value moved to another row does not open. */
  rowId: string
}

function checkKey(key: Uint8Array): void {
  if (key.length !== AES_KEY_BYTES)
    throw new CuroError('bad-key', `A data key has 32 bytes, not ${key.length}.`)
}

function checkNames(...names: string[]): void {
  if (names.some((name) => name === '' || name.includes('\0')))
    throw new CuroError('invalid-input', 'Tables, columns and fields have names without a NUL character.')
}

/** What a column's keys are derived for; a database has a few dozen. */
const infos = new Map<string, Bytes>()

function infoOf(table: string, column: string): Bytes {
  const text = `curo/v1/column\0${table}\0${column}`
  let info = infos.get(text)
  if (info) return info
  checkNames(table, column)
  info = utf8Bytes(text)
  if (infos.size < 1000) infos.set(text, info)
  return info
}

function valueKey({ key, table, column, rowId }: ColumnPlace, header: Uint8Array) {
  checkKey(key)
  return {
    key: hkdfSha256({
      ikm: key,
      salt: header.subarray(1),
      info: infoOf(table, column),
      length: AES_KEY_BYTES,
    }),
    nonce: NONCE,
    aad: concatBytes(header, utf8Bytes(rowId)),
  }
}

/** Seals text (as UTF-8) or bytes for one cell. */
export function sealColumn({
  value,
  ...place
}: ColumnPlace & { value: string | Uint8Array }): Promise<Bytes> {
  return sealCell(place, { value, salt: randomBytes(SALT_BYTES) })
}

/** The same for one column of many rows. */
export function sealColumnOfRows({
  rows,
  ...column
}: Omit<ColumnPlace, 'rowId'> & {
  rows: readonly { rowId: string; value: string | Uint8Array }[]
}): Promise<Bytes[]> {
  const salts = randomValues(rows.length, SALT_BYTES)
  return Promise.all(
    rows.map(({ rowId, value }, at) => sealCell({ ...column, rowId }, { value, salt: salts[at] as Bytes })),
  )
}

/** `salt` is used for this value only. */
async function sealCell(
  place: ColumnPlace,
  { value, salt }: { value: string | Uint8Array; salt: Uint8Array },
): Promise<Bytes> {
  const header = concatBytes(Uint8Array.of(SUITE), salt)
  const plaintext = typeof value === 'string' ? utf8Bytes(value) : value
  return concatBytes(header, await gcmSeal({ ...valueKey(place, header), plaintext }))
}

/** Throws 'tampered' for a changed or moved value or another key, 'truncated', 'unsupported-suite'. */
export async function openColumn(place: ColumnPlace & { sealed: Uint8Array }): Promise<Bytes> {
  const { sealed } = place
  if (sealed.length < COLUMN_OVERHEAD_BYTES)
    throw new CuroError('truncated', 'A sealed column was cut off; restore the row from a backup.')
  if (sealed[0] !== SUITE)
    throw new CuroError('unsupported-suite', 'A sealed column was written by a newer Curo; update this node.')
  const header = sealed.subarray(0, HEADER_BYTES)
  return gcmOpen({ ...valueKey(place, header), sealed: sealed.subarray(HEADER_BYTES) })
}

export type SearchTokenOptions = {
  key: Uint8Array
  /** What is searched, such as 'patient.phone': equal values of two fields give unrelated tokens. */
  field: string
  /** In the one normal form that is also stored by, such as digits only, or NFKC lower case. */
  value: string
}

/** Blind index of a value: 16 bytes, equal exactly for equal values, found by no one without the key. */
export function searchToken({ key, field, value }: SearchTokenOptions): Bytes {
  checkKey(key)
  checkNames(field)
  const searchKey = hkdfSha256({
    ikm: key,
    salt: new Uint8Array(0),
    info: utf8Bytes('curo/v1/search'),
    length: 32,
  })
  return hmacSha256(searchKey, utf8Bytes(`${field}\0${value}`)).slice(0, TOKEN_BYTES)
}
