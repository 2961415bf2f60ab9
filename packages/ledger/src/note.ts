import { concatBytes, fromBase64, readU32be, toBase64, u32be, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { hasControlCharacters } from './control-characters.ts'
import { isKeyName } from './keys.ts'

/** One signature line, kept as it was written. `signature` is what follows the 4 bytes of key ID. */
export type NoteSignature = { name: string; keyId: number; signature: Uint8Array; line: string }
/** A signed note taken apart but not verified. `text` ends in its newline. */
export type Note = { text: string; signatures: NoteSignature[] }
/** Whoever can tell whether a signature over a note's text is good. */
export type NoteVerifier = {
  name: string
  keyId: number
  verify(text: string, signature: Uint8Array): Promise<boolean>
}

/** The specification asks for 16 at least; ML-DSA lines are 3.3 kB each. */
const MAX_SIGNATURES = 100
const MAX_NOTE_BYTES = 1_000_000
const DASH = '\u2014 '

/**
 * Takes a signed note apart (signed-note § Format), splitting at the last empty line. Nothing is trimmed.
 * @throws CuroError 'malformed' when it is not valid UTF-8, holds control characters, has no signature line or a
 *   line of another form; 'too-large' above 1 MB or 100 signatures
 */
export function parseNote(note: string | Uint8Array): Note {
  const full = noteText(note)
  if (hasControlCharacters(full.replaceAll('\n', '')))
    throw malformed('A note must not hold control characters.')
  const split = full.lastIndexOf('\n\n')
  if (split < 0) throw malformed('A note must have an empty line between its text and its signatures.')
  const block = full.slice(split + 2)
  if (!block.endsWith('\n')) throw malformed('A note must end with a newline after its last signature.')
  return { text: full.slice(0, split + 1), signatures: parseSignatureLines(block) }
}

/** Reads lines of the form `— name base64`, each ending in a newline, as a witness answers them. */
export function parseSignatureLines(block: string): NoteSignature[] {
  if (!block.endsWith('\n')) throw malformed('A signature line must end with a newline.')
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > MAX_SIGNATURES)
    throw new CuroError('too-large', `More than ${MAX_SIGNATURES} signatures.`)
  return lines.map(parseSignatureLine)
}

function parseSignatureLine(line: string): NoteSignature {
  const [name = '', base64 = '', ...rest] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : []
  if (!isKeyName(name) || rest.length > 0) throw malformed('A signature line is: em dash, name, base64.')
  const bytes = decodeSignature(base64)
  if (bytes.length < 5) throw malformed('A signature is at least five bytes long.')
  return { name, keyId: readU32be(bytes, 0), signature: bytes.subarray(4), line }
}

/**
 * Signatures are the one place where non-zero trailing bits are let pass: Go's decoder, which wrote most notes,
 * does so. Alphabet and padding stay strict.
 */
function decodeSignature(base64: string): Uint8Array {
  const trailing =
    /^(?:[A-Za-z0-9+/]{4})*?(?:([A-Za-z0-9+/])([A-Za-z0-9+/])(==)|[A-Za-z0-9+/]{2}([A-Za-z0-9+/])=)$/.exec(
      base64,
    )
  if (!trailing) return fromBase64(base64)
  const padding = trailing[3] ?? '='
  const last = (trailing[2] ?? trailing[4]) as string
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const unused = padding === '==' ? 16 : 4
  const cleared = alphabet[Math.floor(alphabet.indexOf(last) / unused) * unused] as string
  return fromBase64(base64.slice(0, -1 - padding.length) + cleared + padding)
}

/** Writes a signature line, newline included. */
export function formatSignatureLine({ name, keyId, signature }: Omit<NoteSignature, 'line'>): string {
  if (!isKeyName(name))
    throw new CuroError('invalid-input', 'A key name must not be empty or hold spaces or +.')
  return `${DASH}${name} ${toBase64(concatBytes(u32be(keyId), signature))}\n`
}

/** Puts a note together again; parsing and formatting a note gives back the same bytes. */
export function formatNote({
  text,
  signatures,
}: {
  text: string
  signatures: readonly { line: string }[]
}): string {
  if (!text.endsWith('\n'))
    throw new CuroError('invalid-input', 'The text of a note must end with a newline.')
  if (signatures.length === 0) throw new CuroError('invalid-input', 'A note needs at least one signature.')
  return `${text}\n${signatures.map(({ line }) => `${line}\n`).join('')}`
}

/** Verified signatures first to last; those of unknown keys are only counted. */
export type OpenedNote<V extends NoteVerifier = NoteVerifier> = {
  text: string
  verified: { verifier: V; signature: NoteSignature }[]
  unknown: number
}

/**
 * Verifies a note: unknown keys are ignored, every signature of a known key must hold, one is needed
 * (signed-note § Signatures).
 * @throws CuroError 'malformed', or 'forged-signature' when a known key's signature fails or no known key signed
 */
export async function openNote<V extends NoteVerifier>(
  note: string | Uint8Array | Note,
  verifiers: readonly V[],
): Promise<OpenedNote<V>> {
  const parsed = typeof note === 'string' || note instanceof Uint8Array ? parseNote(note) : note
  const verified: OpenedNote<V>['verified'] = []
  const checks = parsed.signatures.flatMap((signature) =>
    verifiers
      .filter(({ name, keyId }) => name === signature.name && keyId === signature.keyId)
      .map(async (verifier) => ({
        verifier,
        signature,
        good: await verifier.verify(parsed.text, signature.signature),
      })),
  )
  for (const { verifier, signature, good } of await Promise.all(checks)) {
    if (!good)
      throw new CuroError('forged-signature', `The signature of ${signature.name} does not fit the note.`)
    verified.push({ verifier, signature })
  }
  if (verified.length === 0) throw new CuroError('forged-signature', 'No known key has signed this note.')
  const known = new Set(verified.map(({ signature }) => signature))
  return { text: parsed.text, verified, unknown: parsed.signatures.length - known.size }
}

/** Decodes without dropping a byte-order mark and refuses what does not survive the way back. */
function noteText(note: string | Uint8Array): string {
  const bytes = typeof note === 'string' ? utf8Bytes(note) : note
  if (bytes.length > MAX_NOTE_BYTES) throw new CuroError('too-large', 'A note must not exceed 1 MB.')
  const text = typeof note === 'string' ? note : utf8Text(note)
  if (typeof note === 'string' && utf8Text(bytes) !== note) throw malformed('A note must be valid Unicode.')
  return text
}

function malformed(sentence: string): CuroError {
  return new CuroError('malformed', sentence)
}
