import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import { checkSigningPublicKey, type SigningKey, signBody, verifyBody } from '@curo/crypto/signatures'
import { checkSealingPublicKey } from '@curo/crypto/xwing'
import { decodeEntry, encodeEntry } from './entries.ts'
import { parseVkey } from './keys.ts'
import type { Policy, PolicyVerdict } from './policy.ts'
import {
  bytes32,
  bytes64,
  checkMembers,
  count,
  id,
  instant,
  oneOf,
  optional,
  type Shape,
  type ShapeOf,
  sealingKey,
  text,
} from './shape.ts'
import { verifyTlogProof } from './tlog-proof.ts'

const COMMON = {
  v: oneOf(1),
  kind: oneOf('hospital', 'doctor', 'witness'),
  /** Origin of the hospital's log; it signs. */
  hospital: text,
  /** Counts the entries about this member from 0; the highest is in force. */
  revision: count,
  state: oneOf('active', 'withdrawn'),
  at: instant,
  signer: bytes32,
  signature: bytes64,
}

const KINDS = {
  /** `node` signs consents, receipts and these entries; `log` is the vkey of its log. */
  hospital: { name: text, node: bytes32, log: text },
  /** A clinician of the hospital: identity key for signatures, sealing key for what is sealed to her. */
  doctor: { id, identity: bytes32, seal: sealingKey, name: optional(text), registration: optional(text) },
  /** A witness (or mirror) that the hospital runs: its vkey of type 04 or 06, and where it answers. */
  witness: { name: text, vkey: text, url: optional(text) },
} satisfies Record<string, Record<string, Shape<unknown>>>

export type MemberKind = keyof typeof KINDS
export type MemberOf<Kind extends MemberKind> = { kind: Kind } & Omit<ShapeOf<typeof COMMON>, 'kind'> &
  ShapeOf<(typeof KINDS)[Kind]>
/** A registry entry: the public keys of a member of the network, as its hospital signed them. */
export type Member = { [Kind in MemberKind]: MemberOf<Kind> }[MemberKind]
export type UnsignedMember<Kind extends MemberKind> = Omit<MemberOf<Kind>, 'signer' | 'signature'>

/** Kind under which registry entries are signed. */
const SIGNED_KIND = 'registry'

/** Signs a member with the hospital's node key and writes its entry. @throws CuroError 'malformed' */
export async function makeMemberEntry<Kind extends MemberKind>(
  member: UnsignedMember<Kind>,
  nodeKey: SigningKey,
): Promise<Uint8Array> {
  const json = parseMember(await signBody({ kind: SIGNED_KIND, body: member, key: nodeKey }))
  return encodeEntry({ class: 'registry', json })
}

/** Checks the structure of a registry entry's JSON, not its signature. @throws CuroError 'malformed' | 'bad-key' */
export function parseMember(json: unknown): Member {
  checkMembers(json, COMMON, 'registry entry')
  checkMembers(json, KINDS[json.kind] as Record<string, Shape<unknown>>, `registry entry (${json.kind})`)
  const member = json as unknown as Member
  checkMemberKeys(member)
  if (member.kind === 'hospital' && parseVkey(member.log).name !== member.hospital)
    throw new CuroError('malformed', 'The log key of a hospital must bear its origin as name.')
  if (member.kind === 'witness' && parseVkey(member.vkey).type === 0x01)
    throw new CuroError('malformed', 'A witness needs a cosignature key (type 04 or 06).')
  return member
}

/** Verifiers disagree about some keys, and some sign or open for anyone: none of them is registered. */
function checkMemberKeys(member: Member): void {
  if (member.kind === 'hospital') checkSigningPublicKey(fromBase64Url(member.node))
  if (member.kind !== 'doctor') return
  checkSigningPublicKey(fromBase64Url(member.identity))
  checkSealingPublicKey(fromBase64Url(member.seal))
}

/** Reads a registry entry and verifies that this hospital key signed it. @throws CuroError 'malformed' | 'forged-signature' */
export async function openMember(entryBytes: Uint8Array, nodeKey: Uint8Array | string): Promise<Member> {
  const entry = decodeEntry(entryBytes)
  if (entry.class !== 'registry') throw new CuroError('malformed', 'This is not a registry entry.')
  const member = parseMember(entry.json)
  await verifyBody({ kind: SIGNED_KIND, body: member, expectedSigner: nodeKey })
  return member
}

/**
 * Verifies that a member's keys stand in a hospital's log: entry, inclusion proof, cosigned checkpoint. This proves that
 * they were entered, and everyone can see it; that they are still in force, only the whole registry shows (see
 * MemberRegistry) or a custodian that is asked at the time.
 * @throws CuroError 'malformed' | 'forged-signature' | 'ledger-inconsistent'
 */
export async function verifyMemberProof({
  entry,
  proofFile,
  policy,
  nodeKey,
}: {
  entry: Uint8Array
  proofFile: string | Uint8Array
  policy: Policy
  /** The hospital's node key, known from its own registry entry or pinned. */
  nodeKey: Uint8Array | string
}): Promise<{ member: Member; verdict: PolicyVerdict & { index: number } }> {
  const member = await openMember(entry, nodeKey)
  const verdict = await verifyTlogProof({ file: proofFile, leafHash: leafHash(entry), policy })
  if (verdict.checkpoint.origin !== member.hospital)
    throw new CuroError('ledger-inconsistent', 'This registry entry stands in the log of another hospital.')
  return { member, verdict }
}
