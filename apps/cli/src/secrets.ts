import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CuroError } from '@curo/crypto/errors'
import { UsageError } from './exit-codes.ts'
import type { Surroundings } from './surroundings.ts'

export type SecretSource = {
  /** What it is, as the prompt says it: "Password". */
  what: string
  /** A file with it; `-` is standard input. */
  file?: string | undefined
  /** The option that names the file, for the error message. */
  option: string
  variable: string
  /** Typed twice, because it cannot be seen. */
  confirm?: boolean
}

/**
 * A secret, never from the arguments, which every process of the machine can see: from a file, the environment, or typed.
 * @throws UsageError when there is none and nobody to ask
 */
export async function readSecret(surroundings: Surroundings, source: SecretSource): Promise<string> {
  const { file, option, variable, what } = source
  if (file !== undefined) return oneLine(await readSource(surroundings, file), what)
  const fromEnvironment = surroundings.environment[variable]
  if (fromEnvironment) return oneLine(fromEnvironment, what)
  if (!surroundings.stdin.isTTY)
    throw new UsageError(
      `${what} is needed: give ${option} <file> (- for standard input) or set ${variable}.`,
    )
  const secret = await askHidden(surroundings, `${what}: `)
  if (source.confirm && (await askHidden(surroundings, `${what}, once more: `)) !== secret)
    throw new UsageError('The two are not the same. Nothing was done.')
  return oneLine(secret, what)
}

function oneLine(text: string, what: string): string {
  const line = text.replace(/\r?\n$/, '')
  if (line === '') throw new UsageError(`${what} is empty.`)
  return line
}

async function readSource({ stdin }: Surroundings, file: string): Promise<string> {
  if (file === '-') {
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of stdin)
      text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })
    return text + decoder.decode()
  }
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CuroError('invalid-input', `${file} cannot be read.`, { cause })
  }
}

/** Asks on the terminal without showing what is typed. */
async function askHidden({ stdin, stderr, signal }: Surroundings, prompt: string): Promise<string> {
  stderr.write(prompt)
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: stdin as unknown as NodeJS.ReadableStream,
    output: muted,
    terminal: true,
  })
  try {
    return await new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      lines.once('SIGINT', () => reject(new UsageError('Stopped.')))
      lines.once('close', () => resolve(''))
      lines.once('line', resolve)
    })
  } finally {
    lines.close()
    stderr.write('\n')
  }
}

/** Asks on the terminal, or takes what was given. @throws UsageError when there is nobody to ask */
export async function askUnlessGiven(
  surroundings: Surroundings,
  { given, prompt, option }: { given: string | undefined; prompt: string; option: string },
): Promise<string> {
  if (given !== undefined) return given
  const { stdin, stderr } = surroundings
  if (!stdin.isTTY) throw new UsageError(`Give ${option}.`)
  const lines = createInterface({
    input: stdin as unknown as NodeJS.ReadableStream,
    output: stderr as Writable,
  })
  try {
    return await new Promise<string>((resolve, reject) => {
      surroundings.signal.addEventListener('abort', () => reject(surroundings.signal.reason), { once: true })
      lines.question(prompt, resolve)
    })
  } finally {
    lines.close()
  }
}
