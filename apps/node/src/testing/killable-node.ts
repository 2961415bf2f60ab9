import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Fetch, makeApi } from '@curo/client/api'
import type { Person } from '@curo/client/person'
import type { Hospital } from './hospital.ts'
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts'

/** A second process of a hospital’s node, on its database, keys and buckets, to be killed and started again. */
export type KillableNode = {
  readonly address: string
  start(): Promise<void>
  kill(): Promise<void>
  /** The same person, whose calls go to this process, by `fetch` where one is given. */
  at<P extends Person>(person: P, fetch?: Fetch): P
}

export async function makeKillableNode(
  { node }: Pick<Hospital, 'node'>,
  settings: object = {},
): Promise<KillableNode> {
  const { config } = node.context
  const { dataFolder, origin, session } = config
  const file = {
    origin,
    session,
    limits: { callsFactor: 0 },
    database: { url: node.databaseUrl },
    ...settings,
  }
  const configFile = join(dataFolder, `killable-${await freePort()}.json`)
  await writeFile(configFile, JSON.stringify(file), { mode: 0o600 })
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let running: NodeProcess | null = null
  return {
    address,
    async start() {
      running = await startNodeProcess({ dataFolder, port, flags: ['--config', configFile] })
    },
    async kill() {
      await running?.end('SIGKILL')
      running = null
    },
    at: (person, fetch) => ({
      ...person,
      api: makeApi({ node: address, token: person.api.token, fetch }),
    }),
  }
}
