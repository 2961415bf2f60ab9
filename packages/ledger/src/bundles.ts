import { concatBytes, readU16be, u16be } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'

/** An entry stands in its bundle behind a u16be length. */
export const MAX_ENTRY_BYTES = 65_535

/** One entry as it stands in a bundle: u16be length ‖ bytes (tlog-tiles § Log entries). */
export function frameEntry(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES)
    throw new CuroError('too-large', `A ledger entry may have ${MAX_ENTRY_BYTES} bytes at most.`)
  return concatBytes(u16be(entry.length), entry)
}

/**
 * Splits an entry bundle, which must hold exactly `count` entries and nothing after them. The entries are views.
 * @throws CuroError 'truncated' | 'malformed'
 */
export function parseBundle(bundle: Uint8Array, count: number): Uint8Array[] {
  const { entries, end } = takeEntries(bundle, count)
  if (end !== bundle.length)
    throw new CuroError('malformed', 'There are bytes after the last entry of a bundle.')
  return entries
}

/** Splits off the first `count` entries of a bundle that may hold more. `end` is where they stop. */
export function takeEntries(bundle: Uint8Array, count: number): { entries: Uint8Array[]; end: number } {
  const entries: Uint8Array[] = []
  let end = 0
  while (entries.length < count) {
    const start = end + 2
    if (start > bundle.length)
      throw new CuroError('truncated', 'An entry bundle holds fewer entries than it must.')
    end = start + readU16be(bundle, end)
    if (end > bundle.length)
      throw new CuroError('truncated', 'An entry bundle ends in the middle of an entry.')
    entries.push(bundle.subarray(start, end))
  }
  return { entries, end }
}
