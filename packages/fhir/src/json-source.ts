import { createScanner } from 'jsonc-parser'

/** jsonc-parser's SyntaxKind, a const enum that cannot be imported under isolatedModules. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  string: 10,
  end: 17,
} as const

/** Where one value stands in the text: `text.slice(start, end)` is exactly what the sender wrote. */
export interface SourceRange {
  readonly start: number
  readonly end: number
}

export interface JsonFault {
  readonly kind: 'duplicate-key' | 'forbidden-key' | 'too-deep'
  /** Which element of `entry` it is in; undefined above the entries. */
  readonly entry?: number
}

export interface JsonSource {
  /** `entry[i].resource`, by i. */
  readonly resources: ReadonlyMap<number, SourceRange>
  /** The first fault of each entry, and the first above the entries. */
  readonly faults: readonly JsonFault[]
}

/** Names that turn a plain assignment into a change of every object. No FHIR element is called so. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

interface Frame {
  readonly isObject: boolean
  readonly keys: Set<string>
  key: string
  index: number
  start: number
}

/**
 * Walks JSON text without recursion and finds each entry's resource, names given twice (parsers disagree on which
 * one counts), names that poison prototypes, and nesting deeper than `maxDepth` (where it stops). The text need not
 * be valid: whether it is, `JSON.parse` says.
 */
export function scanJson(text: string, maxDepth: number): JsonSource {
  const resources = new Map<number, SourceRange>()
  const faults: JsonFault[] = []
  const reported = new Set<number | undefined>()
  const stack: Frame[] = []
  const scanner = createScanner(text, true)

  const entryIndex = () =>
    stack[0]?.key === 'entry' && stack[1] && !stack[1].isObject ? stack[1].index : undefined
  const isResourcePlace = () =>
    stack.length === 3 &&
    stack[0]?.isObject &&
    stack[0].key === 'entry' &&
    !stack[1]?.isObject &&
    stack[2]?.key === 'resource'
  const report = (kind: JsonFault['kind']) => {
    const entry = entryIndex()
    if (kind !== 'too-deep' && reported.has(entry)) return
    reported.add(entry)
    faults.push(entry === undefined ? { kind } : { kind, entry })
  }

  let expectsKey = false
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    const frame = stack.at(-1)
    switch (token) {
      case TOKEN.openBrace:
      case TOKEN.openBracket: {
        if (stack.length >= maxDepth) {
          report('too-deep')
          return { resources, faults }
        }
        const isObject = token === TOKEN.openBrace
        stack.push({ isObject, keys: new Set(), key: '', index: 0, start: scanner.getTokenOffset() })
        expectsKey = isObject
        break
      }
      case TOKEN.closeBrace:
      case TOKEN.closeBracket: {
        const closed = stack.pop()
        if (closed && isResourcePlace())
          resources.set(stack[1]?.index ?? 0, { start: closed.start, end: scanner.getTokenOffset() + 1 })
        expectsKey = false
        break
      }
      case TOKEN.comma:
        if (frame) frame.index += 1
        expectsKey = frame?.isObject ?? false
        break
      case TOKEN.string:
        if (expectsKey && frame) {
          frame.key = scanner.getTokenValue()
          if (FORBIDDEN.has(frame.key)) report('forbidden-key')
          if (frame.keys.has(frame.key)) report('duplicate-key')
          frame.keys.add(frame.key)
          expectsKey = false
        }
        break
    }
  }
  return { resources, faults }
}
