import { join } from 'node:path'
import { makeApi } from '@curo/client/api'
import { getNetwork, putNetworkPolicy } from '@curo/contract/network'
import { parseVkey } from '@curo/ledger/keys'
import { type Policy, quorumPolicy } from '@curo/ledger/policy'
import { formatPolicy } from '@curo/ledger/policy-file'
import { type HospitalProcess, startHospital } from './hospital-process.ts'

const HOME = { name: 'Curo Scenario Hospital', origin: 'scenario.curo.example/log' }
const NEIGHBOURS = ['North', 'East', 'South'].map((name) => ({
  name: `${name} Hospital`,
  origin: `${name.toLowerCase()}.curo.example/log`,
}))
/** Two of three must cosign: no two histories can both be final while none of them colludes. */
const QUORUM = 2

export type Region = {
  home: HospitalProcess
  neighbours: HospitalProcess[]
  policy: Policy
  policyText: string
  stop(): Promise<void>
}

/** Four hospitals, each in a process of its own; the three neighbours witness the ledger of the first. */
export async function startRegion({ folder, logs }: { folder: string; logs: string }): Promise<Region> {
  const started: HospitalProcess[] = []
  const stop = async () => {
    await Promise.all(started.map((hospital) => hospital.stop()))
  }
  try {
    const start = async ({ name, origin }: typeof HOME, label: string) => {
      const hospital = await startHospital({
        name,
        folder: join(folder, label),
        logFile: join(logs, `${label}.log`),
        settings: { origin, database: { sharedBuffers: label === 'home' ? '256MB' : '32MB' } },
      })
      started.push(hospital)
      return hospital
    }
    const home = await start(HOME, 'home')
    const neighbours = await Promise.all(NEIGHBOURS.map((one, index) => start(one, `neighbour-${index + 1}`)))
    const [self, ...witnesses] = await Promise.all(
      [home, ...neighbours].map(async ({ address }) => ({
        address,
        keys: await makeApi({ node: address }).call(getNetwork, {}),
      })),
    )
    if (!self) throw new Error('There is no home hospital.')
    const log = { key: parseVkey(self.keys.logKey), url: `${self.address}/log` }
    const policy = quorumPolicy({
      logs: [log],
      witnesses: witnesses.map(({ address, keys }) => ({
        key: parseVkey(keys.witnessKey),
        url: `${address}/witness`,
      })),
      threshold: QUORUM,
    })
    const policyText = formatPolicy(policy)
    // The neighbours first, each knowing the log it witnesses: one that is not known yet would be answered 404.
    const witnessing = formatPolicy(quorumPolicy({ logs: [log], witnesses: [], threshold: 0 }))
    for (const { address } of witnesses)
      await makeApi({ node: address }).call(putNetworkPolicy, { body: { policy: witnessing } })
    await makeApi({ node: self.address }).call(putNetworkPolicy, { body: { policy: policyText } })
    return { home, neighbours, policy, policyText, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
