import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { formatVkey, type NoteKey, parseVkey } from './keys.ts'
import { checkPolicy, octets, type Policy, type PolicyGroup } from './policy.ts'

/**
 * Reads a policy file (tlog-policy § Policy file syntax). A last line without newline is refused: it may have been cut.
 * @throws CuroError 'malformed' | 'bad-key' | 'unsupported-suite'
 */
export function parsePolicy(file: string | Uint8Array): Policy {
  const text = octets(typeof file === 'string' ? utf8Bytes(file) : file)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text))
    throw malformed('A policy holds no control characters.')
  if (!text.endsWith('\n'))
    throw malformed('Each line of a policy ends with a newline; it may have been cut off.')
  const policy = { logs: [], witnesses: [], groups: [], quorum: '' } as MutablePolicy
  const lines = text.split('\n').map((line) => line.split(/[\t ]+/).filter((item) => item !== ''))
  // Keys and witnesses may stand in any order among themselves, but a group only names what stands before it.
  const defined = new Set<string>()
  for (const [keyword, ...items] of lines) {
    if (keyword === undefined || keyword.startsWith('#')) continue
    const statement = STATEMENTS[keyword]
    if (!statement) throw malformed('A line of a policy starts with log, witness, group or quorum.')
    statement(policy, items, defined)
  }
  if (policy.quorum === '') throw malformed('A policy has exactly one quorum line.')
  checkPolicy(policy)
  return policy
}

type MutablePolicy = {
  -readonly [Member in keyof Policy]: Policy[Member] extends readonly (infer Item)[] ? Item[] : Policy[Member]
}
type Statement = (policy: MutablePolicy, items: string[], defined: Set<string>) => void

const STATEMENTS: Record<string, Statement | undefined> = {
  __proto__: null as never,
  log(policy, [vkey, url, ...rest]) {
    if (!vkey || rest.length > 0) throw malformed('A log line is: log <vkey> [<url>].')
    policy.logs.push({ key: readKey(vkey), ...(url && { url }) })
  },
  witness(policy, [name, vkey, url, ...rest], defined) {
    if (!name || !vkey || rest.length > 0)
      throw malformed('A witness line is: witness <name> <vkey> [<url>].')
    policy.witnesses.push({ name, key: readKey(vkey), ...(url && { url }) })
    defined.add(name)
  },
  group(policy, [name, threshold, ...members], defined) {
    if (!name || !threshold) throw malformed('A group line is: group <name> <k>|any|all <name>...')
    if (members.some((member) => !defined.has(member)))
      throw malformed('A group names a member that is not defined on a line before it.')
    policy.groups.push({ name, threshold: readThreshold(threshold, members), members })
    defined.add(name)
  },
  quorum(policy, [name, ...rest], defined) {
    if (!name || rest.length > 0 || policy.quorum !== '')
      throw malformed('There is one quorum line: quorum <name>.')
    if (name !== 'none' && !defined.has(name))
      throw malformed('The quorum is not defined on a line before it.')
    policy.quorum = name
  },
}

function readThreshold(threshold: string, members: string[]): number {
  if (threshold === 'all') return members.length
  if (threshold === 'any') return 1
  if (!/^[1-9][0-9]{0,8}$/.test(threshold)) throw malformed('A threshold is a decimal number, any, or all.')
  return Number(threshold)
}

/** Writes a policy that parsePolicy reads back as the same. */
export function formatPolicy(policy: Policy): string {
  checkPolicy(policy)
  const url = (item: { url?: string }) => (item.url ? ` ${item.url}` : '')
  const lines = [
    ...policy.logs.map((log) => `log ${writeKey(log.key)}${url(log)}`),
    ...policy.witnesses.map((witness) => `witness ${witness.name} ${writeKey(witness.key)}${url(witness)}`),
    ...policy.groups.map(
      ({ name, threshold, members }: PolicyGroup) => `group ${name} ${threshold} ${members.join(' ')}`,
    ),
    `quorum ${policy.quorum}`,
  ]
  return utf8Text(bytesOf(lines.map((line) => `${line}\n`).join('')))
}

function readKey(vkey: string): NoteKey {
  return parseVkey(utf8Text(bytesOf(vkey)))
}

function writeKey(key: NoteKey): string {
  return octets(utf8Bytes(formatVkey(key)))
}

/** Back from one character per octet. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function malformed(sentence: string): CuroError {
  return new CuroError('malformed', sentence)
}
