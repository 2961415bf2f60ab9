import type { finishRegistration } from '@curo/contract/accounts'
import type { Mediation } from '@curo/contract/patients'
import type { RouteArguments } from '@curo/contract/route'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { randomBytes } from '@curo/crypto/random'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import { finishActivation } from '../cards/root-handover.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, isUniqueViolation } from '../database.ts'
import { enterHospital } from '../hospital/registry.ts'
import { storeKit } from '../recoveries/kits.ts'
import { asBuffer, lookupToken, sealJson, sealText } from '../sealed-columns.ts'
import { forgetSetupCode, isSetupCode } from '../setup-code.ts'
import { checkAccountKeys } from './keys.ts'
import { countRegistration } from './limits.ts'
import { replaceAccountTokens } from './search.ts'
import type { AccountStatus } from './tables.ts'
import { accountCell } from './views.ts'

type Registration = RouteArguments<typeof finishRegistration>['body']
export type Registered = { account: string; status: AccountStatus; mediation: Mediation | null }

/**
 * Creates an account from what its client made. Staff, doctors, auditors and later administrators wait for
 * approval; the first administrator shows the setup code, a patient the activation of her card.
 * @throws 'conflict' for a contact, id or key that is taken, 'unauthorized' for a wrong or used code
 */
export async function finishAccountRegistration(
  node: NodeContext,
  given: Registration,
  request: FastifyRequest,
): Promise<Registered> {
  await checkAccountKeys(given.keys, given.id)
  if (given.role === 'patient') return registerPatientAccount(node, given)
  if (given.activation) throw new CuroError('invalid-input', 'Only a patient activates a card.')
  await countRegistration(node, request)
  const isFirst = given.setupCode !== undefined
  if (isFirst) await checkSetupCode(node, given)
  const status = isFirst ? 'active' : 'pending'
  await takenAsConflict(() =>
    inTransaction(node.db, async (trx) => {
      await freeContact(trx, node, { contact: given.contact, heldBy: ['rejected'] })
      await insertAccount(trx, node, { given, status, patient: null })
      await recordActivity(trx, { kind: 'account', outcome: 'registered', by: given, at: node.clock() })
      if (isFirst) {
        await useSetupCode(trx, node, given.id)
        await enterHospital(trx, node)
      }
    }),
  )
  if (isFirst) await forgetSetupCode(node.config.dataFolder)
  return { account: given.id, status, mediation: null }
}

async function registerPatientAccount(node: NodeContext, given: Registration): Promise<Registered> {
  const { activation } = given
  if (!activation)
    throw new CuroError(
      'unauthorized',
      'Activate the card first: the desk registers patients, the card proves who one is.',
    )
  return takenAsConflict(() =>
    inTransaction(node.db, async (trx) => {
      // The account must exist before the patient's changes name it; one transaction holds both or neither.
      const { patient, mediation } = await finishActivation(trx, node, {
        activation,
        account: given.id,
        contact: given.contact,
        accountKeys: given.keys,
      })
      await freeContact(trx, node, { contact: given.contact, heldBy: ['rejected', 'pending'] })
      await insertAccount(trx, node, { given, status: 'active', patient })
      await recordActivity(trx, { kind: 'card', outcome: 'activated', by: null, at: node.clock() })
      return { account: given.id, status: 'active' as const, mediation }
    }),
  )
}

/**
 * Takes a number from accounts that never were approved: anyone can register one that is not hers. A patient has shown
 * by a code that she has the telephone, so those still waiting give way to her too.
 */
async function freeContact(
  trx: Transaction<Database>,
  node: NodeContext,
  { contact, heldBy }: { contact: string; heldBy: AccountStatus[] },
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ contact_token: asBuffer(randomBytes(32)), status: 'rejected' })
    .where('contact_token', '=', lookupToken(node, 'contact', contact))
    .where('status', 'in', heldBy)
    .execute()
}

async function checkSetupCode(node: NodeContext, given: Registration): Promise<void> {
  if (given.role !== 'admin') throw new CuroError('invalid-input', 'The setup code makes an administrator.')
  if (!(await isSetupCode(node.config.dataFolder, given.setupCode ?? ''))) throw wrongSetupCode()
}

/** The one row of `hospital_setup` decides, also between two processes and after a restored backup. */
async function useSetupCode(trx: Transaction<Database>, node: NodeContext, account: string): Promise<void> {
  const used = await trx
    .insertInto('hospital_setup')
    .values({ account, at: node.clock() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (used.numInsertedOrUpdatedRows !== 1n) throw wrongSetupCode()
}

const wrongSetupCode = () =>
  new CuroError(
    'unauthorized',
    'The setup code is wrong or was used already. An administrator can approve you instead.',
  )

/** The account's row, everything personal in it sealed, and what she is found by. */
export async function insertAccount(
  trx: Transaction<Database>,
  node: NodeContext,
  options: { given: Registration; status: AccountStatus; patient: string | null },
): Promise<void> {
  const { given, status, patient } = options
  const { id } = given
  await trx
    .insertInto('accounts')
    .values({
      id,
      role: given.role,
      status,
      contact_token: lookupToken(node, 'contact', given.contact),
      contact: await sealText(node, accountCell('contact', id), given.contact),
      name: await sealText(node, accountCell('name', id), given.name),
      profession: await sealJson(node, accountCell('profession', id), given.profession),
      opaque_record: given.record,
      wrapped_root: asBuffer(fromBase64Url(given.wrappedRoot)),
      identity: asBuffer(fromBase64Url(given.keys.identity)),
      keys: JSON.stringify(given.keys),
      registry_revision: null,
      registry_leaf: null,
      patient,
      created_at: node.clock(),
    })
    .execute()
  if (given.kit) await storeKit(trx, { account: id, kit: given.kit, now: node.clock() })
  await replaceAccountTokens(trx, node, { account: id, ...given })
}

async function takenAsConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    throw new CuroError('conflict', 'This number, id or key is registered already: sign in instead.', {
      cause,
    })
  }
}
