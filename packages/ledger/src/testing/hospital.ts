import { utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { importSigningKey } from '@curo/crypto/signatures'
import { ProofBuilder } from '../build-proofs.ts'
import { cosignCheckpoint } from '../cosignature.ts'
import { SIGNATURE_TYPES, type SignatureType } from '../keys.ts'
import { quorumPolicy } from '../policy.ts'
import { deriveNoteKey, signCheckpoint } from '../signers.ts'
import { formatTlogProof } from '../tlog-proof.ts'
import { MemoryLog } from './memory-log.ts'

/** A note key that is always the same for a name. */
export function testKey(name: string, type: SignatureType = SIGNATURE_TYPES.ed25519) {
  return deriveNoteKey({ name, type, seed: sha256(utf8Bytes(`test key ${name}`)) })
}

export const TEST_TIME = 1_700_000_000

/** A hospital with a log in memory, a node key, and `witnesses` other hospitals that cosign when asked. */
export async function makeTestHospital({ origin = 'asha.example/log', witnesses = 3, threshold = 2 } = {}) {
  const logKey = await testKey(origin)
  const witnessKeys = await Promise.all(
    Array.from({ length: witnesses }, (_, i) =>
      testKey(`w${i}.example/witness`, SIGNATURE_TYPES.cosignatureEd25519),
    ),
  )
  const policy = quorumPolicy({
    logs: [{ key: logKey.key }],
    witnesses: witnessKeys.map(({ key }) => ({ key })),
    threshold,
  })
  const nodeKey = await importSigningKey(sha256(utf8Bytes(`node key ${origin}`)))
  const log = new MemoryLog()

  /** The present checkpoint, cosigned by the first `cosigners` witnesses. */
  async function checkpoint({ cosigners = threshold, time = TEST_TIME } = {}): Promise<string> {
    const note = await signCheckpoint({
      checkpoint: { origin, size: log.size, root: log.root },
      keys: [logKey.secret],
    })
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
    const lines = witnessKeys
      .slice(0, cosigners)
      .map(({ secret }) => cosignCheckpoint({ key: secret, text, time }))
    return note + (await Promise.all(lines)).join('')
  }

  async function proofFile(index: number): Promise<string> {
    const proof = await new ProofBuilder({ read: log.read, size: log.size }).inclusion(index)
    return formatTlogProof({ index, proof, checkpoint: await checkpoint() })
  }

  return { origin, logKey, witnessKeys, policy, nodeKey, log, checkpoint, proofFile }
}
export type TestHospital = Awaited<ReturnType<typeof makeTestHospital>>
