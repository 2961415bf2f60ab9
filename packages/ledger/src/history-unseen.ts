import { toHex, utf8Bytes } from '@curo/crypto/bytes'
import { type Chain, LOOKAHEAD } from './history-chain.ts'
import type { ReportFault } from './history-faults.ts'
import type { Policy } from './policy.ts'
import type { ReadResource } from './tile-reader.ts'
import { verifyLog } from './verify-log.ts'

type WholeLog = { checkpoint: string | Uint8Array; policy: Policy; read: ReadResource }

/**
 * Reads a log from its first entry to its last and reports every entry that bears one of the next tags of a chain: it is
 * about her and was not among what she was shown. Entries before a chain's end show as gaps already.
 */
export async function checkNoneUnseen(
  { checkpoint, policy, read }: WholeLog,
  chains: readonly Chain[],
  report: ReportFault,
): Promise<void> {
  const next = new Map(chains.flatMap(nextTags))
  const note = typeof checkpoint === 'string' ? utf8Bytes(checkpoint) : checkpoint
  const { faults } = await verifyLog({
    read: async (path) => (path === 'checkpoint' ? note : read(path)),
    policy,
    anyEntries: true,
    onEntry({ index, entry }) {
      const place = entry && 'tag' in entry ? next.get(toHex(entry.tag)) : undefined
      if (place)
        report('missing', 'An entry about her stands in the log and was not shown to her.', {
          ...place,
          index,
        })
    },
  })
  for (const { kind, index, sentence } of faults)
    report(kind === 'missing' ? 'missing' : 'altered', sentence, index === undefined ? {} : { index })
}

function nextTags({ epoch, entries, tagAt }: Chain) {
  const end = (entries.at(-1)?.counter ?? -1) + 1
  return Array.from({ length: LOOKAHEAD }, (_, i) => {
    const counter = end + i
    return [toHex(tagAt(counter)), { epoch, counter }] as const
  })
}
