// Completes a demo beside the node, in a thread of its own: sealing thousands of records must not hold up its answers.
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { completeDemo } from './create.ts'

// On Linux this is the thread's own priority; elsewhere it would be the whole node's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)

const given = workerData as { address: string; dataFolder: string; patients: number }
const made = await completeDemo(given)
parentPort?.postMessage(made)
