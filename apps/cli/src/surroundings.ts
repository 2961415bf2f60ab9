import type { Fetch } from '@curo/client/api'

export type Output = {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}
export type Input = AsyncIterable<Uint8Array | string> & { isTTY?: boolean | undefined }

/** What a run of the command line may touch; given, so that a test can stand in for the terminal. */
export type Surroundings = {
  stdout: Output
  stderr: Output
  stdin: Input
  environment: NodeJS.ProcessEnv
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
  fetch?: Fetch | undefined
}

export function processSurroundings(signal: AbortSignal): Surroundings {
  const { stdout, stderr, stdin, env } = process
  return { stdout, stderr, stdin, environment: env, signal }
}

/** Variables of the command line itself. The node refuses variables that name none of its settings. */
const OWN_VARIABLES = [
  'CURO_NODE',
  'CURO_PROFILE',
  'CURO_PASSWORD',
  'CURO_TOTP',
  'CURO_CARD',
  'CURO_SETUP_CODE',
  'CURO_KEYS_CODE',
]

/** What the node's configuration may read of the environment. */
export function nodeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !OWN_VARIABLES.includes(name)))
}
