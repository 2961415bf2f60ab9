import type { HospitalInfo } from '@curo/contract/hospital'
import { toBase64Url } from '@curo/crypto/bytes'
import { formatVkey } from '@curo/ledger/keys'
import type { NodeContext } from '../context.ts'
import { logNoteKey } from '../ledger/log-key.ts'
import { storedProfile } from './profile.ts'

export const VERSION = '0.1.0'

/** The log's verifier key in the signed-note format. */
export async function logVkey({ config, keys }: Pick<NodeContext, 'config' | 'keys'>): Promise<string> {
  return formatVkey((await logNoteKey(config.origin, keys.logSeed)).key)
}

/** What anyone may know of this hospital before signing in. */
export async function describeHospital(node: NodeContext): Promise<HospitalInfo> {
  const { config, keys } = node
  const [setUp, { profile, revision, logo }] = await Promise.all([
    node.db.selectFrom('hospital_setup').select('at').executeTakeFirst(),
    storedProfile(node),
  ])
  const { name, languages, timeZone, currency, countryPrefix } = profile
  return {
    name,
    origin: config.origin,
    homeNode: config.publicUrl ?? '',
    nodeKey: toBase64Url(keys.nodeSigning.publicKey),
    logKey: await logVkey(node),
    demo: config.demo,
    training: config.training,
    ready: setUp !== undefined,
    configured: revision > 0,
    languages,
    timeZone,
    currency,
    countryPrefix,
    logo,
    version: VERSION,
  }
}
