import type { HospitalInfo } from '@curo/contract/hospital'
import { getProof } from '@curo/contract/ledger'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { parseBundle } from '@curo/ledger/bundles'
import { parseCheckpoint } from '@curo/ledger/checkpoint'
import { parseVkey } from '@curo/ledger/keys'
import { type Policy, quorumPolicy } from '@curo/ledger/policy'
import { type ReadResource, readTile } from '@curo/ledger/tile-reader'
import { TILE_WIDTH, tileWidth } from '@curo/ledger/tiles'
import { parseTlogProof } from '@curo/ledger/tlog-proof'
import type { Api, CallOptions } from './api.ts'

/** Reads files of the node's log. */
export function logReader(api: Api, options: CallOptions = {}): ReadResource {
  return async (path) => {
    try {
      return await api.file(`/log/${path}`, options)
    } catch (error) {
      if (isCuroError(error, 'not-found')) return undefined
      throw error
    }
  }
}

/** The hospital's own signature only: enough to hold it to what it showed, not to know that others saw the same. */
export function ownPolicy(hospital: Pick<HospitalInfo, 'logKey'>): Policy {
  return quorumPolicy({ logs: [{ key: parseVkey(hospital.logKey) }], witnesses: [], threshold: 0 })
}

/** An entry of the log with its proof file; verify both before believing them. */
export type ProvenEntry = { entry: Uint8Array; proofFile: string; index: number }

/**
 * Fetches an entry and the `.tlog-proof` for it.
 * @throws CuroError 'not-found' while the entry is not published yet; 'malformed' | 'truncated'
 */
export async function fetchProvenEntry(
  api: Api,
  index: number,
  options: CallOptions = {},
): Promise<ProvenEntry> {
  const proofFile = await api.call(getProof, { params: { index } }, options)
  const parsed = parseTlogProof(proofFile)
  if (parsed.index !== index)
    throw new CuroError('tampered', 'The hospital’s computer gave the proof of another ledger entry.')
  const { size } = parseCheckpoint(parsed.note.text)
  const bundle = Math.floor(index / TILE_WIDTH)
  const bytes = await readTile({ read: logReader(api, options), size, level: 'entries', index: bundle })
  const entries = parseBundle(bytes, tileWidth({ level: 'entries', index: bundle }, size))
  const entry = entries[index % TILE_WIDTH]
  if (!entry)
    throw new CuroError('not-found', 'This ledger entry is not published yet. Try again in a moment.')
  return { entry, proofFile, index }
}
