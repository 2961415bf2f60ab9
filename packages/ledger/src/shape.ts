import { CuroError } from '@curo/crypto/errors'

/** Tells whether a JSON value has a form, and which type that form is. */
export type Shape<T> = { readonly is: (value: unknown) => value is T; readonly optional?: boolean }
export type ShapeType<S> = S extends Shape<infer T> ? T : never
/** The type of an object made of these members. */
export type ShapeOf<Members extends Record<string, Shape<unknown>>> = {
  [Name in keyof Members as Members[Name] extends { optional: true } ? never : Name]: ShapeType<Members[Name]>
} & {
  [Name in keyof Members as Members[Name] extends { optional: true } ? Name : never]?: ShapeType<
    Members[Name]
  >
}

function shape<T>(is: (value: unknown) => boolean): Shape<T> {
  return { is: is as (value: unknown) => value is T }
}

const matching = (form: RegExp) => shape<string>((value) => typeof value === 'string' && form.test(value))
const base64Url = (bytes: number) => matching(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`))

export const text: Shape<string> = shape((value) => typeof value === 'string' && value.length > 0)
/** 16 random bytes in base64url. */
export const id: Shape<string> = base64Url(16)
/** 32 bytes in base64url: a hash, an Ed25519 key. */
export const bytes32: Shape<string> = base64Url(32)
/** An Ed25519 signature in base64url. */
export const bytes64: Shape<string> = base64Url(64)
/** An X-Wing public key in base64url. */
export const sealingKey: Shape<string> = base64Url(1216)
export const count: Shape<number> = shape((value) => Number.isSafeInteger(value) && (value as number) >= 0)
/** `YYYY-MM-DD`. */
export const day: Shape<string> = shape((value) => isDate(value, /^\d{4}-\d\d-\d\d$/, 10))
/** An instant in UTC with milliseconds, RFC 3339. */
export const instant: Shape<string> = shape((value) =>
  isDate(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 24),
)
export const record: Shape<Record<string, unknown>> = shape(isObject)

function isDate(value: unknown, form: RegExp, length: number): boolean {
  if (typeof value !== 'string' || !form.test(value)) return false
  const time = Date.parse(value)
  // Comparing with what was written back refuses the 30th of February.
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, length) === value
}

export function oneOf<const Values extends readonly (string | number)[]>(
  ...values: Values
): Shape<Values[number]> {
  return shape((value) => values.includes(value as Values[number]))
}

export function orNull<T>(inner: Shape<T>): Shape<T | null> {
  return shape((value) => value === null || inner.is(value))
}

export function list<T>(inner: Shape<T>, { least = 0, most = 10_000 } = {}): Shape<T[]> {
  return shape(
    (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(inner.is),
  )
}

export function optional<T>(inner: Shape<T>): Shape<T> & { readonly optional: true } {
  return { is: inner.is, optional: true }
}

/** An object with at least these members; further ones are let pass. */
export function object<Members extends Record<string, Shape<unknown>>>(
  members: Members,
): Shape<ShapeOf<Members>> {
  return shape((value) => isObject(value) && firstFault(value, members) === undefined)
}

/** The first member that is missing or of another form. */
export function firstFault(
  value: Record<string, unknown>,
  members: Record<string, Shape<unknown>>,
): string | undefined {
  return Object.keys(members).find((name) => {
    const member = members[name] as Shape<unknown>
    if (!Object.hasOwn(value, name)) return !member.optional
    return !member.is(value[name])
  })
}

/** @throws CuroError 'malformed', naming the member at fault but never its value */
export function checkMembers<Members extends Record<string, Shape<unknown>>>(
  value: unknown,
  members: Members,
  what: string,
): asserts value is ShapeOf<Members> {
  if (!isObject(value)) throw new CuroError('malformed', `A ${what} is a JSON object.`)
  const fault = firstFault(value, members)
  if (fault !== undefined)
    throw new CuroError('malformed', `The member "${fault}" of this ${what} is missing or of another form.`)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
