import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import { decodeEntry } from './entries.ts'
import { type Member, type MemberKind, type MemberOf, parseMember } from './registry.ts'

/**
 * The members of one hospital, built by reading the registry entries of its log in their order. The first entry must be
 * the hospital's own, signed by the node key that the reader pinned; a later one of its own may hand over to a new node
 * key and is signed by the old.
 */
export class MemberRegistry {
  readonly origin: string
  #nodeKey: string
  readonly #members = new Map<string, { member: Member; index: number }>()

  /** @param nodeKey the hospital's first node key, pinned: from its invitation, or a region's founding list */
  constructor({ origin, nodeKey }: { origin: string; nodeKey: Uint8Array }) {
    this.origin = origin
    this.#nodeKey = toBase64Url(nodeKey)
  }

  /** The node key in force, base64url. */
  get nodeKey(): string {
    return this.#nodeKey
  }

  /**
   * Applies the next registry entry of the log; entries of other classes are ignored.
   * @throws CuroError 'malformed' | 'forged-signature'; 'ledger-inconsistent' when it belongs to another hospital, comes
   *   before the hospital's own, or does not continue the member's revisions
   */
  async apply(entryBytes: Uint8Array, index: number): Promise<void> {
    const entry = decodeEntry(entryBytes)
    if (entry.class !== 'registry') return
    const member = parseMember(entry.json)
    await verifyBody({ kind: 'registry', body: member, expectedSigner: this.#nodeKey })
    const known = this.#members.get(memberName(member))
    if (member.hospital !== this.origin)
      throw inconsistent('A registry entry of another hospital stands in this log.')
    if (this.#members.size === 0 && member.kind !== 'hospital')
      throw inconsistent('The first registry entry of a log is that of its hospital.')
    if (member.revision !== (known ? known.member.revision + 1 : 0))
      throw inconsistent('A revision of a registry entry is missing or repeated.')
    this.#members.set(memberName(member), { member, index })
    if (member.kind === 'hospital') this.#nodeKey = member.node
  }

  /** A member that has not been withdrawn, and where its latest entry stands. */
  find<Kind extends MemberKind>(
    kind: Kind,
    name: string,
  ): { member: MemberOf<Kind>; index: number } | undefined {
    const found = this.#members.get(`${kind} ${name}`)
    if (found?.member.state !== 'active') return undefined
    return { member: found.member as unknown as MemberOf<Kind>, index: found.index }
  }

  /** All members in force. */
  *active(): Iterable<{ member: Member; index: number }> {
    for (const found of this.#members.values()) if (found.member.state === 'active') yield found
  }

  /** Whether an Ed25519 key (base64url) belongs to the hospital's node or one of its doctors in force. */
  hasSigner(publicKey: string): boolean {
    if (publicKey === this.#nodeKey) return true
    for (const { member } of this.active())
      if (member.kind === 'doctor' && member.identity === publicKey) return true
    return false
  }
}

function memberName(member: Member): string {
  if (member.kind === 'doctor') return `doctor ${member.id}`
  return member.kind === 'witness' ? `witness ${member.name}` : `hospital ${member.hospital}`
}

function inconsistent(sentence: string): CuroError {
  return new CuroError('ledger-inconsistent', sentence)
}
