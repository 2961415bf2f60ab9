import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { SEALED_LEAF_BYTES } from '@curo/crypto/merkle'
import type { Manifest } from '@curo/vault/manifest'
import type { NodeContext } from '../context.ts'
import { patientOfAccount } from '../patients/directory.ts'
import type { Session } from '../sessions.ts'
import { scheduleRepair } from '../vault/repair.ts'
import { type ProvedLeaf, proveHeldLeaf } from './leaf-proof.ts'

const HASH_BYTES = 32
/** Each proof of a leaf in the vault reads a piece of 256 KiB. */
const PROOFS_AT_ONCE = 4

type Challenge = { root: string; leaf: number }
type Answer = Challenge & { leaves: number; data: string; path: string[] }

/**
 * Shows the challenged leaves of ciphertext, in the order asked: null for what is lost, was never here, or — for a
 * patient — is not hers. What was altered is shown as it is; whoever asked sees that it does not lead to the root.
 */
export async function answerChallenges(
  node: NodeContext,
  session: Session,
  challenges: readonly Challenge[],
): Promise<(Answer | null)[]> {
  const patient =
    session.account.role === 'patient' ? await patientOfAccount(node.db, session.account.id) : undefined
  const answers: (Answer | null)[] = challenges.map(() => null)
  if (patient === null) return answers
  const places = new Map<string, number[]>()
  for (const [at, { root }] of challenges.entries()) places.set(root, [...(places.get(root) ?? []), at])
  const waiting = [...places]
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [root, asked] = next
      const held = await findContent(node, root, patient)
      if (held) for (const at of asked) answers[at] = await answer(node, held, challenges[at] as Challenge)
    }
  }
  await Promise.all(Array.from({ length: PROOFS_AT_ONCE }, work))
  return answers
}

type Held = { id: string; sealed_size: number; content: Buffer | null; manifest: Manifest | null }

async function findContent(
  node: NodeContext,
  root: string,
  patient: string | undefined,
): Promise<Held | undefined> {
  let query = node.db
    .selectFrom('records')
    .select(['id', 'sealed_size', 'content', 'manifest'])
    .where('root', '=', Buffer.from(fromBase64Url(root)))
  if (patient !== undefined) query = query.where('patient', '=', patient)
  return (await query.limit(1).executeTakeFirst()) as Held | undefined
}

async function answer(node: NodeContext, held: Held, { root, leaf }: Challenge): Promise<Answer | null> {
  const leaves = Math.ceil(held.sealed_size / SEALED_LEAF_BYTES)
  if (leaf >= leaves) return null
  try {
    const { data, path } = await proveLeaf(node, held, leaf)
    return { root, leaf, leaves, data: toBase64Url(data), path: path.map((hash) => toBase64Url(hash)) }
  } catch (error) {
    if (!isCuroError(error)) throw error
    if (held.manifest) scheduleRepair(node, held.id)
    return null
  }
}

async function proveLeaf(node: NodeContext, held: Held, leaf: number): Promise<ProvedLeaf> {
  if (held.content) return proveHeldLeaf(held.content, leaf)
  const proof = await node.vault.proveLeaf({ manifest: held.manifest as Manifest, leaf })
  const path = fromBase64Url(proof.path)
  return {
    data: fromBase64Url(proof.bytes),
    path: Array.from({ length: path.length / HASH_BYTES }, (_, at) =>
      path.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    ),
  }
}
