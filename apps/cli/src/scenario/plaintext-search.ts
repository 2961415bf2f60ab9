import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Something that must not be found: `what` names its kind for the report; the bytes themselves are never printed. */
export type Needle = { what: string; bytes: Uint8Array }

export type Finding = { what: string; form: string; file: string }

type Pattern = { what: string; form: string; bytes: Buffer }

/** Base64 of a needle inside a longer text: the part that does not depend on its neighbours, for each alignment. */
function base64Cores(bytes: Uint8Array, encoding: 'base64' | 'base64url'): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString(encoding)
      .replace(/=+$/, '')
    const from = shift === 0 ? 0 : shift === 1 ? 2 : 3
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return Buffer.from(text.slice(from, whole))
  })
}

/** Every form in which a leak could stand in a file: as it is, in hex, in base64 at any alignment, JSON-escaped, UTF-16. */
function patternsOf({ what, bytes }: Needle): Pattern[] {
  const raw = Buffer.from(bytes)
  const hex = raw.toString('hex')
  const escaped = JSON.stringify(raw.toString('utf8')).slice(1, -1)
  const forms: [string, Buffer][] = [
    ['as it is', raw],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ...base64Cores(bytes, 'base64').map((core): [string, Buffer] => ['base64', core]),
    ...base64Cores(bytes, 'base64url').map((core): [string, Buffer] => ['base64url', core]),
    ['escaped', Buffer.from(escaped)],
    ['UTF-16', Buffer.from(raw.toString('utf8'), 'utf16le')],
  ]
  const seen = new Set<string>()
  return forms
    .filter(
      ([, pattern]) =>
        pattern.length >= 8 && !seen.has(pattern.toString('hex')) && seen.add(pattern.toString('hex')),
    )
    .map(([form, pattern]) => ({ what, form, bytes: pattern }))
}

async function* filesUnder(path: string): AsyncGenerator<string> {
  if ((await stat(path)).isFile()) {
    yield path
    return
  }
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) yield* filesUnder(inner)
    else if (entry.isFile()) yield inner
  }
}

/** Patterns by their first three bytes: one table look-up a byte, whatever the number of patterns. */
type Index = { starts: Uint8Array; byStart: Map<number, Pattern[]>; longest: number }

function indexOf(patterns: readonly Pattern[]): Index {
  const starts = new Uint8Array(1 << 24)
  const byStart = new Map<number, Pattern[]>()
  for (const pattern of patterns) {
    const start = pattern.bytes.readUIntBE(0, 3)
    starts[start] = 1
    byStart.set(start, [...(byStart.get(start) ?? []), pattern])
  }
  return { starts, byStart, longest: Math.max(0, ...patterns.map((pattern) => pattern.bytes.length)) }
}

function patternsIn(window: Buffer, { starts, byStart }: Index): Pattern[] {
  const found = new Set<Pattern>()
  let last3 = 0
  for (let at = 0; at < window.length; at++) {
    last3 = ((last3 << 8) | (window[at] as number)) & 0xffffff
    if (starts[last3] === 0 || at < 2) continue
    for (const pattern of byStart.get(last3) ?? [])
      if (
        window.compare(
          pattern.bytes,
          0,
          pattern.bytes.length,
          at - 2,
          Math.min(window.length, at - 2 + pattern.bytes.length),
        ) === 0
      )
        found.add(pattern)
  }
  return [...found]
}

async function searchFile(file: string, index: Index): Promise<Finding[]> {
  const found = new Map<string, Finding>()
  let tail: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 })) {
    const window = Buffer.concat([tail, chunk as Buffer])
    for (const { what, form } of patternsIn(window, index)) found.set(`${what} ${form}`, { what, form, file })
    tail = window.subarray(Math.max(0, window.length - index.longest))
  }
  return [...found.values()]
}

/** Searches files and folders for needles in every form; answers what was found and how much was read. */
export async function searchPlaintext(
  paths: readonly string[],
  needles: readonly Needle[],
): Promise<{ findings: Finding[]; files: number; bytes: number }> {
  const index = indexOf(needles.flatMap(patternsOf))
  const findings: Finding[] = []
  let files = 0
  let bytes = 0
  for (const path of paths)
    for await (const file of filesUnder(path)) {
      files += 1
      bytes += (await stat(file)).size
      findings.push(...(await searchFile(file, index)))
    }
  return { findings, files, bytes }
}
