import { type Bytes, utf8Bytes, utf8Text } from './bytes.ts'
import { CuroError } from './errors.ts'

/** A lone surrogate has no UTF-8 form, so two parsers would read two different texts. */
const LONE_SURROGATE = /\p{Surrogate}/u
/** ES2024; Node 20 and browsers since 2023 have it, and it takes a third of the time. */
const { isWellFormed: native } = String.prototype as { isWellFormed?: (this: string) => boolean }
const isWellFormed = (text: string) => (native ? native.call(text) : !LONE_SURROGATE.test(text))
/** Deeper than any FHIR resource; stops cycles and hostile nesting before the stack does. */
const MAX_DEPTH = 200

/** Where the value being written stands; only read when it is refused. */
let trail: (string | number)[] = []

function refuse(what: string): never {
  const path = trail.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  throw new CuroError(
    'invalid-input',
    `${what} at ${path.slice(0, 100) || 'the top'} has no canonical JSON form.`,
  )
}

function canonicalString(text: string): string {
  if (!isWellFormed(text)) refuse('A lone surrogate')
  return JSON.stringify(text)
}

/** Names of members as they are written; the same few hundred come again and again. */
const writtenNames = new Map<string, string>()
const MAX_NAMES = 1000
const MAX_NAME_LENGTH = 64

function canonicalName(name: string): string {
  const known = writtenNames.get(name)
  if (known !== undefined) return known
  const written = `${canonicalString(name)}:`
  if (name.length <= MAX_NAME_LENGTH && writtenNames.size < MAX_NAMES) writtenNames.set(name, written)
  return written
}

function checkPlain(value: object): void {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    refuse('Something that is not a plain object')
}

/** Members of an object as they are written, without braces. */
function writeMembers(value: object, names: readonly string[]): string {
  let text = ''
  for (const name of names) {
    trail.push(name)
    const member = canonicalName(name) + write((value as Record<string, unknown>)[name])
    text += text === '' ? member : `,${member}`
    trail.pop()
  }
  return text
}

function canonicalObject(value: object): string {
  checkPlain(value)
  // RFC 8785 §3.2.3 sorts by UTF-16 code units, as Array.prototype.sort does.
  return `{${writeMembers(value, Object.keys(value).sort())}}`
}

function canonicalArray(value: readonly unknown[]): string {
  let text = '['
  for (let at = 0; at < value.length; at++) {
    trail.push(at)
    text += at === 0 ? write(value[at]) : `,${write(value[at])}`
    trail.pop()
  }
  return `${text}]`
}

function write(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value)
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`${value}`)
    return JSON.stringify(value) // ECMAScript's shortest form is RFC 8785's, and −0 becomes 0
  }
  if (typeof value !== 'object') refuse(`A value of type ${typeof value}`)
  if (trail.length >= MAX_DEPTH) refuse('A cycle or too deep a nesting')
  return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value)
}

/**
 * RFC 8785 JSON: one text for one value. Throws 'invalid-input' for what JSON cannot say (undefined, NaN, infinities,
 * bigint, functions, lone surrogates, class instances, cycles) instead of dropping it silently.
 */
export function canonicalJson(value: unknown): string {
  trail = []
  return write(value)
}

/**
 * The canonical text of an object as a function of its member `name`: the rest is written once, for an object that is
 * wanted both without this member (undefined) and with it, such as a body and its signature.
 */
export function canonicalJsonAround(value: object, name: string): (member: string | undefined) => string {
  trail = []
  checkPlain(value)
  const names = Object.keys(value).sort()
  const before = writeMembers(
    value,
    names.filter((other) => other < name),
  )
  const after = writeMembers(
    value,
    names.filter((other) => other > name),
  )
  return (member) => {
    const own = member === undefined ? '' : canonicalName(name) + canonicalString(member)
    return `{${[before, own, after].filter((part) => part !== '').join(',')}}`
  }
}

export function canonicalBytes(value: unknown): Bytes {
  return utf8Bytes(canonicalJson(value))
}

/** Parses JSON and throws 'malformed' unless the bytes are its canonical form: no second text for the same value. */
export function parseCanonicalJson(bytes: Uint8Array): unknown {
  const text = utf8Text(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CuroError('malformed', 'This is not JSON.', { cause })
  }
  let canonical: string | undefined
  try {
    canonical = canonicalJson(value)
  } catch {}
  if (canonical !== text) throw new CuroError('malformed', 'This JSON is not in canonical form (RFC 8785).')
  return value
}
