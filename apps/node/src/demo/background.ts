import { Worker } from 'node:worker_threads'
import type { DemoProgress } from '@curo/client/demo/fill'
import type { NodeContext } from '../context.ts'
import { whileAlone } from '../node-state.ts'

export type Background = {
  /** What was made; null when another process is at it, or when it was stopped. */
  readonly done: Promise<DemoProgress | null>
  /** May come at any moment: the next start goes on. */
  stop(): Promise<void>
}

/**
 * Completes the demo in the background. Of several processes one does it.
 * [Note: a demo is completed by a thread] The thread talks HTTP to the node like any client; it holds no connection to
 * the database and may be ended in the middle, because each of its steps finds out what is there.
 */
export function completeInBackground(
  node: Pick<NodeContext, 'pool' | 'log'>,
  given: { address: string; dataFolder: string; patients: number },
): Background {
  let worker: Worker | null = null
  let stopped = false
  const run = () =>
    new Promise<DemoProgress | null>((resolve, reject) => {
      if (stopped) {
        resolve(null)
        return
      }
      worker = new Worker(new URL('./complete-worker.js', import.meta.url), { workerData: given })
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => resolve(null))
    })
  const done = whileAlone(node.pool, run).catch((err) => {
    if (!stopped) node.log.error({ err }, 'the demo could not be completed; the next start goes on')
    return null
  })
  return {
    done,
    async stop() {
      stopped = true
      await worker?.terminate()
      await done
    },
  }
}
