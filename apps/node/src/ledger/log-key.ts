import { type NoteKey, SIGNATURE_TYPES } from '@curo/ledger/keys'
import { deriveNoteKey, signCheckpoint } from '@curo/ledger/signers'
import type { SignCheckpoint } from './head.ts'

/** The key under which a hospital's log signs: plain Ed25519, its name is the origin. */
export async function logNoteKey(
  origin: string,
  seed: Uint8Array,
): Promise<{ key: NoteKey; sign: SignCheckpoint }> {
  const { key, secret } = await deriveNoteKey({ name: origin, type: SIGNATURE_TYPES.ed25519, seed })
  return { key, sign: (checkpoint) => signCheckpoint({ checkpoint, keys: [secret] }) }
}
