import { CuroError } from '@curo/crypto/errors'

/** Tags asked for at once: first few, then four times as many each time. */
const FIRST_BATCH = 128
const LARGEST_BATCH = 1024
/** Beyond any life: whoever answers yes to more is not answering in earnest. */
const MAX_COUNTER = 1_000_000

/**
 * Finds a chain's entries by galloping over its tags until `lookahead` of them in a row are unknown.
 * @param tag the tag of a counter (see chainTags) @param lookup answers in the order of the tags
 * @returns what was found by counter, the counter after the last found, and the gaps before it: entries that somebody
 *   has made disappear
 */
export async function findNextTags<Found>({
  tag,
  lookup,
  from = 0,
  lookahead = 32,
}: {
  tag: (counter: number) => Uint8Array
  lookup: (tags: Uint8Array[]) => Promise<readonly (Found | null | undefined)[]>
  from?: number
  lookahead?: number
}): Promise<{ found: Map<number, Found>; end: number; gaps: number[] }> {
  const found = new Map<number, Found>()
  let end = from
  let next = from
  for (let batch = FIRST_BATCH; next < end + lookahead; batch = Math.min(4 * batch, LARGEST_BATCH)) {
    if (next > MAX_COUNTER)
      throw new CuroError('ledger-inconsistent', 'This log claims to know every tag it is asked.')
    const tags = Array.from({ length: batch }, (_, i) => tag(next + i))
    const answers = await lookup(tags)
    if (answers.length !== tags.length)
      throw new CuroError('malformed', 'Each tag asked for needs an answer.')
    for (const [i, answer] of answers.entries()) {
      if (answer === null || answer === undefined) continue
      found.set(next + i, answer)
      end = next + i + 1
    }
    next += batch
  }
  const gaps = Array.from({ length: end - from }, (_, i) => from + i).filter((counter) => !found.has(counter))
  return { found, end, gaps }
}
