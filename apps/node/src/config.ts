import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { z } from 'zod'
import { configSchema, isSecret } from './config-schema.ts'

export type Config = z.output<typeof configSchema>

export type ConfigSources = {
  /** Command-line words after the program's name, such as `['--port', '8443']`. */
  readonly flags?: readonly string[]
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Where `curo.config.json` and relative paths are looked up. */
  readonly workingFolder?: string
}

type Tree = { [name: string]: unknown }

/**
 * The node's one configuration: `curo.config.json`, then the environment (CURO_TLS_CERT), then flags
 * (--tls-cert), each overriding the one before, validated as a whole.
 * @throws 'invalid-input' naming the setting and where it was found; never its value
 */
export function loadConfig(sources: ConfigSources = {}): Config {
  return findConfig(sources).config
}

/** As `loadConfig`, and the file that was read, if there was one. */
export function findConfig(sources: ConfigSources = {}): { config: Config; file: string | undefined } {
  const workingFolder = sources.workingFolder ?? process.cwd()
  const flags = readFlags(sources.flags ?? [])
  const environment = readEnvironment(sources.environment ?? {})
  const file = configFile({ workingFolder, flags, environment })
  const { $schema: _, ...tree } = file === undefined ? {} : parseFile(file)
  for (const [path, text] of [...environment, ...flags]) place(tree, path, text)
  return { config: parseConfig(tree, workingFolder), file }
}

/** @throws 'invalid-input' */
export function parseConfig(tree: unknown, workingFolder = process.cwd()): Config {
  const parsed = configSchema.safeParse(tree)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the configuration'}: ${issue.message}`,
    )
    throw new CuroError('invalid-input', `The configuration cannot be used. ${faults.join('. ')}.`)
  }
  return { ...parsed.data, dataFolder: resolve(workingFolder, parsed.data.dataFolder) }
}

/** For `curo config`: every value, with secrets as `•••`. */
export function printableConfig(config: Config): Tree {
  const hide = (value: unknown, path: string): unknown => {
    if (value !== undefined && isSecret(path)) return '•••'
    if (Array.isArray(value)) return value.map((item) => hide(item, path))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        hide(inner, path === '' ? name : `${path}.${name}`),
      ]),
    )
  }
  return hide(config, '') as Tree
}

function configFile(from: {
  workingFolder: string
  flags: Map<string, string>
  environment: Map<string, string>
}): string | undefined {
  const setting = (name: string) => from.flags.get(name) ?? from.environment.get(name)
  const named = setting('config')
  if (named !== undefined) return resolve(from.workingFolder, named)
  const dataFolder = resolve(from.workingFolder, setting('dataFolder') ?? 'data')
  const places = [join(from.workingFolder, 'curo.config.json'), join(dataFolder, 'curo.config.json')]
  return places.find((place) => existsSync(place))
}

function parseFile(file: string): Tree {
  try {
    const tree: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (tree === null || typeof tree !== 'object' || Array.isArray(tree)) throw new Error('not an object')
    return tree as Tree
  } catch (cause) {
    throw new CuroError('invalid-input', `${file} is missing or not a JSON object.`, { cause })
  }
}

/** Every setting that is a single value, by its path: `tls.cert`. Lists are set in the file. */
function settings(schema: z.ZodType = configSchema, prefix = ''): string[] {
  const inner = unwrapped(schema)
  if (!(inner instanceof z.ZodObject)) return inner instanceof z.ZodArray ? [] : [prefix]
  return Object.entries(inner.shape).flatMap(([name, child]) =>
    settings(child as z.ZodType, prefix === '' ? name : `${prefix}.${name}`),
  )
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrapped(schema.unwrap() as z.ZodType)
  return schema
}

const words = (path: string) => path.replace(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`).split('.')
const KNOWN = ['config', ...settings()]
const BY_FLAG = new Map(KNOWN.map((path) => [`--${words(path).join('-')}`, path]))
const BY_VARIABLE = new Map(KNOWN.map((path) => [`CURO_${words(path).join('_').toUpperCase()}`, path]))

function readFlags(given: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < given.length; at++) {
    const [flag = '', attached] = (given[at] ?? '').split(/=(.*)/s, 2)
    const path = BY_FLAG.get(flag)
    if (path === undefined)
      throw new CuroError(
        'invalid-input',
        `There is no setting ${flag}. Settings: ${[...BY_FLAG.keys()].join(' ')}`,
      )
    const next = given[at + 1]
    if (attached !== undefined) found.set(path, attached)
    else if (next !== undefined && !next.startsWith('--')) {
      found.set(path, next)
      at++
    } else found.set(path, 'true')
  }
  return found
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const found = new Map<string, string>()
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('CURO_') || variable.startsWith('CURO_TEST_') || text === undefined) continue
    const path = BY_VARIABLE.get(variable)
    if (path === undefined)
      throw new CuroError('invalid-input', `There is no setting for the environment variable ${variable}.`)
    found.set(path, text)
  }
  return found
}

function place(tree: Tree, path: string, text: string): void {
  if (path === 'config') return
  const names = path.split('.')
  const last = names.pop() as string
  let at = tree
  for (const name of names) {
    if (at[name] === null || typeof at[name] !== 'object') at[name] = {}
    at = at[name] as Tree
  }
  at[last] = text
}
