import { utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignatureTime } from './cosignature.ts'
import { type NoteKey, SIGNATURE_TYPES } from './keys.ts'
import { type Note, openNote, parseNote } from './note.ts'
import { verifierOf } from './signers.ts'

/** Which logs are known, which witnesses, and how many of these make a checkpoint final (tlog-policy). */
export type Policy = {
  logs: readonly { key: NoteKey; url?: string }[]
  witnesses: readonly PolicyWitness[]
  /** In an order in which each group only names what stands before it. */
  groups: readonly PolicyGroup[]
  /** Name of a witness or group, or `none`. */
  quorum: string
}
/** Names hold one character per octet, because the format treats them as opaque octets. */
export type PolicyWitness = { name: string; key: NoteKey; url?: string }
export type PolicyGroup = { name: string; threshold: number; members: readonly string[] }

export const NO_QUORUM = 'none'

/**
 * What a policy says about one checkpoint. `quorum`: it is cosigned by enough witnesses. `quorumTime`: until then (POSIX
 * seconds) a quorum had seen nothing later of this log; undefined where no witness is asked for.
 */
export type PolicyVerdict = {
  checkpoint: Checkpoint
  logKey: NoteKey
  cosignatures: { witness: string; key: NoteKey; time: number }[]
  quorum: boolean
  quorumTime: number | undefined
}

/**
 * Judges a signed checkpoint. One of the policy's logs must have signed it under a key that bears the origin as name.
 * Signatures of unknown keys are ignored; a witness counts once, however often it has signed.
 * @throws CuroError 'malformed', or 'forged-signature' when no listed log signed it or a known key's signature fails
 */
export async function evaluatePolicy({
  policy,
  note,
}: {
  policy: Policy
  note: string | Uint8Array | Note
}): Promise<PolicyVerdict> {
  const parsed = typeof note === 'string' || note instanceof Uint8Array ? parseNote(note) : note
  const checkpoint = parseCheckpoint(parsed.text)
  const logKeys = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin)
  const witnessKeys = policy.witnesses.map(({ key }) => key)
  const { verified } = await openNote(parsed, [...new Set([...logKeys, ...witnessKeys])].map(verifierOf))
  const signed = (key: NoteKey) => verified.filter(({ verifier }) => verifier.key === key)
  const logKey = logKeys.find((key) => signed(key).length > 0)
  if (!logKey) throw new CuroError('forged-signature', 'No log of this policy has signed this checkpoint.')
  const cosignatures = policy.witnesses.flatMap(({ name, key }) => {
    const times = signed(key).map(({ signature }) => cosignatureTime(key, signature))
    return times.length === 0 ? [] : [{ witness: name, key, time: Math.max(...times) }]
  })
  const quorumTime = latestQuorumTime(policy, cosignatures)
  const quorum = policy.quorum === NO_QUORUM || quorumTime !== undefined
  return { checkpoint, logKey, cosignatures, quorum, quorumTime }
}

function latestQuorumTime(policy: Policy, cosignatures: PolicyVerdict['cosignatures']): number | undefined {
  if (policy.quorum === NO_QUORUM) return undefined
  const latestFirst = cosignatures.toSorted((a, b) => b.time - a.time)
  return latestFirst.find((_, i) =>
    hasQuorum(
      policy,
      latestFirst.slice(0, i + 1).map(({ witness }) => witness),
    ),
  )?.time
}

/** Whether these witnesses together make the quorum. */
export function hasQuorum(policy: Pick<Policy, 'groups' | 'quorum'>, witnesses: readonly string[]): boolean {
  const present = new Set(witnesses)
  for (const { name, threshold, members } of policy.groups)
    if (members.filter((member) => present.has(member)).length >= threshold) present.add(name)
  return policy.quorum === NO_QUORUM || present.has(policy.quorum)
}

/**
 * A policy of the simplest kind: `threshold` of these witnesses, all alike. The owner's own witness must not be among
 * them: it would cosign whatever its owner signs.
 * @throws CuroError 'invalid-input'
 */
export function quorumPolicy({
  logs,
  witnesses,
  threshold,
}: {
  logs: readonly { key: NoteKey; url?: string }[]
  witnesses: readonly { key: NoteKey; url?: string }[]
  threshold: number
}): Policy {
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > witnesses.length)
    throw new CuroError('invalid-input', 'A quorum is a number of witnesses, not more than there are.')
  const named = witnesses.map((witness) => ({ ...witness, name: octets(utf8Bytes(witness.key.name)) }))
  const policy: Policy =
    threshold === 0
      ? { logs, witnesses: named, groups: [], quorum: NO_QUORUM }
      : {
          logs,
          witnesses: named,
          groups: [{ name: 'quorum', threshold, members: named.map(({ name }) => name) }],
          quorum: 'quorum',
        }
  checkPolicy(policy)
  return policy
}

/**
 * How many witnesses may collude with a log before it can show two histories, both final: f with k1 + k2 > W + f.
 * Negative: two final histories are possible without any.
 */
export function toleratedTraitors({
  witnesses,
  threshold,
}: {
  witnesses: number
  threshold: number
}): number {
  return 2 * threshold - witnesses - 1
}

/** @throws CuroError 'malformed' unless names, references, keys and thresholds obey tlog-policy */
export function checkPolicy({ logs, witnesses, groups, quorum }: Policy): void {
  const defined = new Set<string>([NO_QUORUM])
  const define = (name: string) => {
    if (name === '' || /[\t\n ]/.test(name)) throw malformed('A name in a policy has no spaces.')
    if (defined.has(name))
      throw malformed('A name in a policy is defined twice, or is the reserved name none.')
    defined.add(name)
  }
  refuseDuplicates(logs.map(({ key }) => key))
  refuseDuplicates(witnesses.map(({ key }) => key))
  for (const { name, key } of witnesses) {
    if (key.type === SIGNATURE_TYPES.ed25519)
      throw malformed('A witness needs a cosignature key (type 04 or 06).')
    define(name)
  }
  const taken = new Set<string>()
  for (const { name, threshold, members } of groups) {
    for (const member of members) {
      if (member === NO_QUORUM || !defined.has(member))
        throw malformed('A group names a member not yet defined.')
      if (taken.has(member)) throw malformed('A name is a member of two groups, or twice of one.')
      taken.add(member)
    }
    if (!Number.isInteger(threshold) || threshold < 1 || threshold > members.length)
      throw malformed('The threshold of a group lies between 1 and the number of its members.')
    define(name)
  }
  if (!defined.has(quorum)) throw malformed('The quorum names something that is not defined.')
}

/** Two keys are duplicates if they wrap the same public key, whatever their names (tlog-policy § Public keys). */
function refuseDuplicates(keys: readonly NoteKey[]): void {
  const seen = keys.map(({ publicKey }) => octets(publicKey))
  if (new Set(seen).size !== seen.length) throw malformed('A policy lists the same public key twice.')
}

/** One character per octet. */
export function octets(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function malformed(sentence: string): CuroError {
  return new CuroError('malformed', sentence)
}
