import { toBase64Url, toHex } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { isCuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import type { Body } from './bodies.ts'
import { decodeEntry, type PatientEntry } from './entries.ts'
import type { HeldBodies } from './held-bodies.ts'
import type { ReportFault } from './history-faults.ts'
import type { Proof } from './proofs.ts'
import { chainTags } from './tags.ts'

/** An entry as it was found by its tag. */
export type FoundEntry = { index: number; entry: Uint8Array; proof?: Proof }

export type ChainEntry = {
  epoch: number
  counter: number
  index: number
  class: 'patient' | 'emergency'
  leaf: Uint8Array
  commitment: Uint8Array
  proof: Proof | undefined
  /** Absent when nobody has opened it to her. */
  body?: Body
}
/** The entries of one patient in one log under one lookup key, by counter. */
export type Chain = {
  origin: string
  epoch: number
  entries: ChainEntry[]
  tagAt: (counter: number) => Uint8Array
}

/** Tags tried beyond the last one found: so many entries in a row cannot be dropped unseen. */
export const LOOKAHEAD = 256

type Sighting = { index: number; entry: PatientEntry; leaf: Uint8Array; proof: Proof | undefined }

/** Assigns each entry found to its epoch and counter by its tag; reports gaps, repeats and what is not hers. */
export function sortIntoChains({
  origin,
  found,
  lookupKeys,
  report,
}: {
  origin: string
  found: readonly FoundEntry[]
  lookupKeys: readonly { epoch: number; lookupKey: Uint8Array }[]
  report: ReportFault
}): Chain[] {
  const sightings = sightingsByTag(found, report)
  const chains = lookupKeys
    .toSorted((a, b) => a.epoch - b.epoch)
    .map(({ epoch, lookupKey }) => {
      const tagAt = chainTags({ lookupKey, origin, epoch })
      return { origin, epoch, tagAt, entries: takeChain({ epoch, tagAt, sightings, report }) }
    })
  for (const left of sightings.values())
    for (const { index } of left)
      report('altered', 'An entry was given to her that bears none of her tags.', { index })
  return chains
}

function sightingsByTag(found: readonly FoundEntry[], report: ReportFault): Map<string, Sighting[]> {
  const sightings = new Map<string, Sighting[]>()
  const positions = new Set<number>()
  for (const { index, entry: bytes, proof } of found) {
    if (positions.has(index)) continue
    positions.add(index)
    const entry = tryDecode(bytes)
    if (!entry) {
      report('altered', 'What was found here is no entry about a patient.', { index })
      continue
    }
    const tag = toHex(entry.tag)
    const before = sightings.get(tag)
    const sighting = { index, entry, leaf: leafHash(bytes), proof }
    if (before) before.push(sighting)
    else sightings.set(tag, [sighting])
  }
  return sightings
}

function tryDecode(bytes: Uint8Array): PatientEntry | undefined {
  try {
    const entry = decodeEntry(bytes)
    return 'tag' in entry ? entry : undefined
  } catch (error) {
    if (isCuroError(error)) return undefined
    throw error
  }
}

function takeChain({
  epoch,
  tagAt,
  sightings,
  report,
}: {
  epoch: number
  tagAt: (counter: number) => Uint8Array
  sightings: Map<string, Sighting[]>
  report: ReportFault
}): ChainEntry[] {
  const entries: ChainEntry[] = []
  let end = 0
  for (let counter = 0; counter < end + LOOKAHEAD && sightings.size > 0; counter++) {
    const tag = toHex(tagAt(counter))
    const [first, ...repeats] = (sightings.get(tag) ?? []).sort((a, b) => a.index - b.index)
    if (!first) continue
    sightings.delete(tag)
    for (; end < counter; end++)
      report('missing', 'An entry between two others has been removed.', { epoch, counter: end })
    end = counter + 1
    for (const { index } of repeats)
      report('replayed', 'The tag of an entry stands in the log a second time.', { epoch, counter, index })
    const { class: entryClass, commitment } = first.entry
    const { index, leaf, proof } = first
    entries.push({ epoch, counter, index, class: entryClass, leaf, commitment, proof })
  }
  return entries
}

/** Opens each entry of a chain with the bodies held, and follows the links from one to the next. */
export function openChain({
  chain,
  held,
  report,
}: {
  chain: Chain
  held: HeldBodies
  report: ReportFault
}): void {
  const { origin, epoch, entries } = chain
  let closed = false
  for (const [i, entry] of entries.entries()) {
    const { counter, index } = entry
    const fault = (kind: Parameters<ReportFault>[0], sentence: string) =>
      report(kind, sentence, { epoch, counter, index })
    const previous = entries[i - 1]
    if (previous && previous.index > index)
      fault('reordered', 'The log has this entry before its previous one.')
    closed ||= previous?.body?.kind === 'rotate'
    if (closed) fault('reordered', 'This entry was written after its chain was closed.')
    const body = held.take(entry.commitment)
    if (body === undefined) {
      fault('unopened', 'The hospital has not opened this entry: it withholds it, or has erased it.')
      continue
    }
    if (!body || body.hospital !== origin || !fits(body, entry)) {
      fault('altered', 'The body of this entry is not what the entry stands for.')
      continue
    }
    entry.body = body
    const linked = counter === 0 || previous?.counter === counter - 1
    const prev = previous ? toBase64Url(previous.leaf) : null
    if (body.seq !== counter || (linked && body.prev !== prev))
      fault('reordered', 'The body of this entry does not follow the one before it.')
  }
}

/** Emergencies, and what is opened in one, are public as such; a chain is only closed in favour of a later one. */
function fits(body: Body, entry: ChainEntry): boolean {
  if (body.kind === 'rotate' && body.epoch <= entry.epoch) return false
  if (body.kind === 'opening') return true
  return (body.kind === 'emergency') === (entry.class === 'emergency')
}

/** The chain of an epoch ends with `rotate` before that of the next epoch begins. */
export function checkRotations(chains: readonly Chain[], report: ReportFault): void {
  for (const [i, { epoch, entries }] of chains.entries()) {
    const last = entries.at(-1)
    const continued = chains.slice(i + 1).some((later) => later.entries.length > 0)
    const closed = entries.some(({ body }) => body?.kind === 'rotate')
    if (continued && last?.body && !closed)
      report('missing', 'The entry that closes this chain is missing, though a newer chain exists.', {
        epoch,
        counter: last.counter + 1,
      })
  }
}

/**
 * What a person signed once stands behind one entry of a log: twice would be an event that never was. Signature bytes do
 * not count: one who signs can make many for the same words.
 */
export function checkStatementsOnce(chains: readonly Chain[], report: ReportFault): void {
  const seen = new Set<string>()
  for (const { epoch, entries } of chains)
    for (const { body, counter, index } of entries)
      for (const { kind, document } of body?.statements ?? []) {
        const { signature: _, signatures: __, ...words } = document
        const statement = `${kind} ${canonicalJson(words)}`
        if (seen.has(statement))
          report('replayed', 'What a person signed once stands behind a second entry.', {
            epoch,
            counter,
            index,
          })
        seen.add(statement)
      }
}
