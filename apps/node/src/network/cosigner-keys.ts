import { cosignCheckpoint } from '@curo/ledger/cosignature'
import { type NoteKey, SIGNATURE_TYPES } from '@curo/ledger/keys'
import { deriveNoteKey } from '@curo/ledger/signers'

/** Cosigns a checkpoint's text at this time; returns the signature line, newline included. */
export type Cosign = (text: string, now: Date) => Promise<string>

/** Witness and mirror are two cosigners with two names and two keys (tlog-mirror § add-checkpoint). */
export type CosignerRole = 'witness' | 'mirror'

export async function cosignerKey({
  origin,
  role,
  seed,
}: {
  origin: string
  role: CosignerRole
  seed: Uint8Array
}): Promise<{ key: NoteKey; cosign: Cosign }> {
  const type = SIGNATURE_TYPES.cosignatureEd25519
  const { key, secret } = await deriveNoteKey({ name: `${origin}/${role}`, type, seed })
  const cosign: Cosign = (text, now) =>
    cosignCheckpoint({ key: secret, text, time: Math.floor(now.getTime() / 1000) })
  return { key, cosign }
}
