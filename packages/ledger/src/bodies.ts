import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody, verifyCosignedBody } from '@curo/crypto/signatures'
import {
  bytes32,
  bytes64,
  checkMembers,
  count,
  day,
  id,
  instant,
  isObject,
  list,
  object,
  oneOf,
  optional,
  orNull,
  record,
  type Shape,
  type ShapeOf,
  text,
} from './shape.ts'

/**
 * [Note: who signs a body] The custodian alone knows `seq` and `prev`, which it assigns in the transaction that bumps
 * the counter, so the custodian signs the body. What a person signed (a grant, a request to open, two clinicians in an
 * emergency) was signed before that; it stands inside the body, whole, among `statements`, and is verified with it.
 */

/** A document as a person signed it, under the kind with which the signature was made. */
const statement = object({ kind: text, document: record })
export type Statement = { kind: string; document: Record<string, unknown> }

const signer = object({ signer: bytes32, signature: bytes64 })

/** Members of every body. `hospital` is the origin of the log, `prev` the leaf hash of the chain's previous entry. */
const COMMON = {
  v: oneOf(1),
  kind: text,
  id,
  at: instant,
  hospital: text,
  seq: count,
  prev: orNull(bytes32),
  statements: optional(list(statement, { most: 16 })),
  signer: optional(bytes32),
  signature: optional(bytes64),
  signatures: optional(list(signer, { least: 1, most: 16 })),
}

const scope = object({
  categories: list(text),
  records: list(id),
  from: optional(day),
  to: optional(day),
})
const purpose = object({ code: text, text: optional(text) })
const person = object({ account: id, identity: bytes32 })
/** Integer minor units and an ISO 4217 code. */
const money = object({ minor: count, currency: text })
const consented = { scope, purpose, use: oneOf('single', 'standing'), notAfter: instant }

/** What each kind must say; more may stand there. */
const KINDS = {
  /** The hospital met the patient: the keys that it knows her by. */
  register: { patient: id, identity: bytes32 },
  /** A record was stored: hash of its envelope, root of its ciphertext. */
  anchor: { record: id, category: text, envelope: bytes32, root: bytes32 },
  grant: { consent: id, grantee: person, by: oneOf('otp', 'app', 'emergency'), ...consented },
  /** Taken back by the patient; or, where `by` names the doctor, given back by her. */
  revoke: { consent: id, by: optional(person) },
  request: { request: id, from: person, ...consented },
  /** Records were opened, or with none named the timeline was: written before the custodian takes its step. */
  opening: { opening: id, by: person, consent: optional(id), via: text, records: list(id) },
  /** Two clinicians, where the patient cannot speak: the first may open what the scope says, under `consent`. */
  emergency: { consent: id, by: list(person, { least: 2, most: 2 }), reason: text, ...consented },
  review: { emergency: id, by: person, outcome: oneOf('justified', 'not-justified'), reason: optional(text) },
  payment: { payment: id, amount: money, invoice: optional(id), method: text },
  refund: { refund: id, payment: id, amount: money, reason: optional(text) },
  /** The patient's care goes to the hospital whose log has the origin `to`, or came from `from`. */
  transfer: { to: optional(text), from: optional(text) },
  /** The last entry of a chain: the next lookup epoch. */
  rotate: { epoch: count, reason: optional(text) },
} satisfies Record<string, Record<string, Shape<unknown>>>

export type BodyKind = keyof typeof KINDS
export const BODY_KINDS = Object.keys(KINDS) as BodyKind[]

type CommonMembers = Omit<ShapeOf<typeof COMMON>, 'kind'>
export type BodyOf<Kind extends BodyKind> = { kind: Kind } & CommonMembers & ShapeOf<(typeof KINDS)[Kind]>
/** What stands behind a commitment, opened. */
export type Body = { [Kind in BodyKind]: BodyOf<Kind> }[BodyKind]
/**
 * Checks the structure of a body, not its signatures. Unknown members are let pass: they are signed too.
 * @throws CuroError 'malformed' on an unknown kind, a member missing or of another form, or no signature
 */
export function parseBody(json: unknown): Body {
  checkMembers(json, COMMON, 'ledger body')
  const members = Object.hasOwn(KINDS, json.kind) ? KINDS[json.kind as BodyKind] : undefined
  if (!members) throw new CuroError('malformed', 'This kind of ledger body is not known.')
  checkMembers(json, members as Record<string, Shape<unknown>>, `ledger body (${json.kind})`)
  const single = json.signer !== undefined && json.signature !== undefined
  if (single === (json.signatures !== undefined))
    throw new CuroError(
      'malformed',
      'A ledger body is signed by one (signer, signature) or by several (signatures).',
    )
  if ((json.seq === 0) !== (json.prev === null))
    throw new CuroError('malformed', 'The first body of a chain, and only the first, has no previous one.')
  return json as unknown as Body
}

/** Members that a body repeats from a statement in it. */
const REPEATED = [
  'by',
  'scope',
  'purpose',
  'use',
  'notAfter',
  'grantee',
  'consent',
  'via',
  'records',
  'reason',
] as const

/**
 * Whether a body says what the statements in it say: it is about the object that was signed for, and repeats it
 * unchanged. Otherwise a custodian could write down other than was asked for, or reuse what was signed for another event.
 */
export function agreesWithStatements(body: Body): boolean {
  const said: Record<string, unknown> = body
  return (body.statements ?? []).every(({ kind, document }) => {
    if (document.id !== undefined && !Object.values(said).includes(document.id)) return false
    // A request that names no records asks for the timeline; the body then says so with an empty list.
    const signed = kind === 'opening-request' ? { records: [], ...document } : document
    return REPEATED.every((name) => sameMember(said[name], (signed as Record<string, unknown>)[name]))
  })
}

function sameMember(said: unknown, signed: unknown): boolean {
  return said === undefined || signed === undefined || canonicalJson(said) === canonicalJson(signed)
}

/** Who signed what in a body, after every signature in it has been verified. Keys are base64url. */
export type BodySigners = { custodian: string[]; statements: { kind: string; signers: string[] }[] }

/**
 * Verifies the signatures of a body and of the statements in it.
 * @throws CuroError 'forged-signature' | 'malformed' | 'bad-key'
 */
export async function verifyBodySignatures(body: Body): Promise<BodySigners> {
  const statements = (body.statements ?? []) as Statement[]
  const [custodian, ...rest] = await Promise.all([
    verifySignatures(body.kind, body),
    ...statements.map(({ kind, document }) => verifySignatures(kind, document)),
  ])
  return {
    custodian: custodian as string[],
    statements: statements.map(({ kind }, i) => ({ kind, signers: rest[i] as string[] })),
  }
}

async function verifySignatures(kind: string, signed: Record<string, unknown>): Promise<string[]> {
  if (Array.isArray(signed.signatures)) {
    await verifyCosignedBody({ kind, body: signed })
    return signed.signatures.map((entry) => (isObject(entry) ? String(entry.signer) : ''))
  }
  await verifyBody({ kind, body: signed })
  return [String(signed.signer)]
}
