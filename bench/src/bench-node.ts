import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initNode } from '@curo/node/init'
import { type RunningNode, type StartSurroundings, startNode } from '@curo/node/start'

export const ORIGIN = 'bench.curo.example/log'

export type BenchNode = RunningNode & { setupCode: string; dataFolder: string }

/**
 * A node as an operator gets it: `curo init`, then every setting at its default (its own PostgreSQL with fsync on, six
 * folders) but a free port, no log lines, and no limit on calls from one address, since all of ours come from one.
 */
export async function withNode<T>(
  work: (node: BenchNode) => Promise<T>,
  surroundings: StartSurroundings = {},
): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'curo-bench-'))
  try {
    const settings = { origin: ORIGIN, hospitalName: 'Bench Hospital' }
    const { config, setupCode } = await initNode({ dataFolder, settings })
    const node = await startNode(
      { ...config, port: 0, limits: { callsFactor: 0 }, log: { level: 'silent' } },
      surroundings,
    )
    try {
      return await work({ ...node, setupCode, dataFolder })
    } finally {
      await node.stop()
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}
