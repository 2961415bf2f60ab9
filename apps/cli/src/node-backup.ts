import { backUp } from '@curo/node/backup/backup'
import { restoreBackup } from '@curo/node/backup/restore'
import { loadConfig } from '@curo/node/config'
import { openPool } from '@curo/node/database'
import { acquireEmbeddedPostgres } from '@curo/node/embedded-postgres/server'
import { loadKeys } from '@curo/node/keys'
import { makeLogger } from '@curo/node/observability'

export { backUpKeys } from '@curo/node/backup/keys-backup'

// Loaded only when it is needed: the node's database drivers take longer than most commands.

const quietLogger = () => makeLogger({ level: 'error' })

type NodeParts = Parameters<typeof backUp>[0]

/** Backs a node's data folder up, whether the node runs or not. Throws as backUp does. */
export async function backUpFolder({
  data,
  to,
  environment,
}: {
  data: string
  to: string
  environment: NodeJS.ProcessEnv
}) {
  const config = loadConfig({ flags: ['--data-folder', data], environment })
  const manifest = await withNode(config, (node) => backUp(node, to))
  return { manifest, dataFolder: config.dataFolder }
}

export type RestoreFolder = {
  from: string
  keysFile: string
  dataFolder: string
  code: string
  databaseUrl: string | undefined
}

/** Throws as restoreBackup does. */
export async function restoreFolder({ databaseUrl, ...options }: RestoreFolder) {
  return restoreBackup({
    ...options,
    log: quietLogger(),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  })
}

/** What a backup reads, beside a node that runs or not: its database server is joined, not taken over. */
async function withNode<T>(config: NodeParts['config'], work: (node: NodeParts) => Promise<T>): Promise<T> {
  const keys = await loadKeys(config.dataFolder)
  const log = quietLogger()
  const { url } = config.database
  const embedded =
    url === undefined
      ? await acquireEmbeddedPostgres({ dataFolder: config.dataFolder, password: keys.databasePassword, log })
      : null
  try {
    const connection = embedded?.connection ?? { connectionString: url ?? '' }
    const pool = openPool({ connection, size: 2, log })
    try {
      return await work({ pool, config, keys, clock: () => new Date() })
    } finally {
      await pool.end()
    }
  } finally {
    await embedded?.release()
  }
}
