import { runCommandLine } from '../program.ts'
import type { Surroundings } from '../surroundings.ts'

export type Ran = { code: number; stdout: string; stderr: string }

export type RunOptions = {
  environment?: NodeJS.ProcessEnv
  /** What stands on standard input; a terminal is never pretended. */
  stdin?: string
  signal?: AbortSignal
  fetch?: Surroundings['fetch']
}

/** Runs a command line in this process, as a script would: no terminal, everything captured. */
export async function runCuro(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const into = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
    },
  })
  async function* input() {
    if (options.stdin !== undefined) yield options.stdin
  }
  const code = await runCommandLine(args, {
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: input(),
    environment: options.environment ?? {},
    signal: options.signal ?? new AbortController().signal,
    fetch: options.fetch,
  })
  return { code, ...written }
}
