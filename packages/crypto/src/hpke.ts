import { type GcmOptions, gcmOpen, gcmSeal } from './aes-gcm.ts'
import { type Bytes, concatBytes, fromHex, utf8Bytes } from './bytes.ts'
import { hkdfExpandSha256, hmacSha256 } from './hash.ts'

/**
 * HPKE base mode (RFC 9180 §5.1) for the one suite used: X-Wing 0x647a, HKDF-SHA256 0x0001, AES-256-GCM 0x0002.
 * Written out because a mediated opening enters the key schedule with a shared secret of its own; any standard
 * implementation opens and seals the same bytes.
 */
export type HpkeSuite = { readonly suiteId: Uint8Array; readonly keyBytes: number }

/** "HPKE" ‖ kem ‖ kdf ‖ aead. */
const XWING_SUITE: HpkeSuite = {
  suiteId: concatBytes(utf8Bytes('HPKE'), fromHex('647a00010002')),
  keyBytes: 32,
}
const VERSION = utf8Bytes('HPKE-v1')
const NONE = new Uint8Array(0)
const MODE_BASE = Uint8Array.of(0)

type Labeled = { suiteId: Uint8Array; label: string }

function labeledExtract({ suiteId, label }: Labeled, salt: Uint8Array, ikm: Uint8Array): Bytes {
  return hmacSha256(salt, VERSION, suiteId, utf8Bytes(label), ikm)
}

function labeledExpand(
  { suiteId, label }: Labeled,
  prk: Uint8Array,
  info: Uint8Array,
  length: number,
): Bytes {
  const lengthBytes = Uint8Array.of(length >> 8, length & 255)
  return hkdfExpandSha256(prk, concatBytes(lengthBytes, VERSION, suiteId, utf8Bytes(label), info), length)
}

/** KeySchedule of RFC 9180 §5.1, base mode with HKDF-SHA256: key and nonce of the first message. */
export function hpkeKeySchedule(
  sharedSecret: Uint8Array,
  info: Uint8Array,
  { suiteId, keyBytes }: HpkeSuite = XWING_SUITE,
): { key: Bytes; nonce: Bytes } {
  const context = concatBytes(
    MODE_BASE,
    labeledExtract({ suiteId, label: 'psk_id_hash' }, NONE, NONE),
    labeledExtract({ suiteId, label: 'info_hash' }, NONE, info),
  )
  const secret = labeledExtract({ suiteId, label: 'secret' }, sharedSecret, NONE)
  return {
    key: labeledExpand({ suiteId, label: 'key' }, secret, context, keyBytes),
    nonce: labeledExpand({ suiteId, label: 'base_nonce' }, secret, context, 12),
  }
}

function firstMessage(sharedSecret: Uint8Array, info: string, aad: Uint8Array): GcmOptions {
  return { ...hpkeKeySchedule(sharedSecret, utf8Bytes(info)), aad }
}

export type HpkeOptions = { sharedSecret: Uint8Array; info: string; aad?: Uint8Array | undefined }

export async function hpkeSeal(options: HpkeOptions & { plaintext: Uint8Array }): Promise<Bytes> {
  const { sharedSecret, info, aad = NONE, plaintext } = options
  return gcmSeal({ ...firstMessage(sharedSecret, info, aad), plaintext })
}

/** Throws 'tampered' or 'truncated' as gcmOpen does. */
export async function hpkeOpen(options: HpkeOptions & { sealed: Uint8Array }): Promise<Bytes> {
  const { sharedSecret, info, aad = NONE, sealed } = options
  return gcmOpen({ ...firstMessage(sharedSecret, info, aad), sealed })
}
