import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { build } from 'esbuild'
import type { WakeOptions } from '../wake.ts'

/** Compiles append-until-killed.ts with all it needs into one file that Node runs; returns its path. */
export async function bundleAppender(folder: string): Promise<string> {
  const outfile = join(folder, 'append-until-killed.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./append-until-killed.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    // pg-native and the like are only tried.
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
  return outfile
}

export type AppenderArguments = {
  databaseUrl: string
  dataFolder: string
  /** Where each receipt is written down, a line each; the last line may be cut by the kill. */
  receipts: string
  /** For whom it appends, without a pause; nobody: it only sequences. */
  patients: readonly string[]
  timing?: Partial<WakeOptions>
}

/** Starts the program; resolves when it sequences. */
export async function startAppender(
  program: string,
  args: AppenderArguments,
): Promise<{ child: ChildProcess; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [program, JSON.stringify(args)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    ended.then(([code]) => reject(new Error(`the program ended by itself with ${code}`)), reject)
  })
  return {
    child,
    async kill() {
      child.kill('SIGKILL')
      const [, signal] = await ended
      if (signal !== 'SIGKILL') throw new Error('the program had ended by itself')
    },
  }
}

/** The receipts that such a process was given: a line that the kill cut off was given to nobody. */
export async function readReceipts(file: string): Promise<LedgerReceipt[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LedgerReceipt)
}
