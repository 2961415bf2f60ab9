import type { RequestAnswer } from '@curo/contract/passkey-ceremonies'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { tellChange } from '../accounts/owner.ts'
import { beginSession, deviceCell, lockAccount, type SignedIn, showSession } from '../accounts/signing-in.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { sealText } from '../sealed-columns.ts'
import { takeCeremony } from './ceremonies.ts'
import { refusedPasskey, type UsedPasskey, useCounter, verifyAnswer } from './verifying.ts'

/**
 * Signs in with a passkey alone: it says whose it is, the person has shown her finger or PIN to it, and it opens the
 * account root on her device. That is two factors, so no other one is asked for.
 * @throws 'unauthorized', the same for a passkey that is unknown and an answer that is wrong; 'forbidden'
 */
export async function signInByPasskey(
  node: NodeContext,
  given: { ceremony: string; answer: RequestAnswer; device?: string | undefined },
): Promise<SignedIn> {
  const { challenge } = await takeCeremony(node.db, node, { id: given.ceremony, purpose: 'sign-in' })
  const used = await verifyAnswer(node, { answer: given.answer, challenge, account: null, alone: true })
  const { wrappedRoot } = used
  const id = randomId()
  const device = given.device ? await sealText(node, deviceCell(id), given.device) : null
  const begun = await inTransaction(node.db, async (trx) => {
    const row = await lockAccount(trx, used.account)
    if (!(await useCounter(trx, used, node.clock()))) return null
    if (!wrappedRoot)
      throw new CuroError(
        'forbidden',
        'This passkey does not open your keys: sign in with your password too.',
      )
    return beginSession(trx, node, { id, row, device, wrappedRoot })
  })
  if (begun) return showSession(node, begun)
  await noteCopy(node, used)
  throw refusedPasskey()
}

/** A counter that did not rise: the owner is told, because a copy of her passkey may be about (WebAuthn §6.1.1). */
export async function noteCopy(node: NodeContext, used: UsedPasskey): Promise<void> {
  await inTransaction(node.db, async (trx) => {
    const owner = await trx
      .selectFrom('accounts')
      .select(['id', 'role', 'contact', 'patient'])
      .where('id', '=', used.account)
      .executeTakeFirstOrThrow()
    await recordActivity(trx, { kind: 'sign-in', outcome: 'refused', by: owner, at: node.clock() })
    await tellChange(trx, node, owner, {
      en: 'a passkey was refused, because somebody may have a copy of it; remove it',
      hi: 'एक पासकी स्वीकार नहीं की गई, क्योंकि हो सकता है किसी के पास उसकी नक़ल हो; उसे हटा दें',
    })
  })
}
