import { chmod, mkdir, open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { type Config, parseConfig } from './config.ts'
import { keysExist, makeKeys } from './keys.ts'
import { makeSetupCode } from './setup-code.ts'
import { refuseWeakSecrets } from './weak-secrets.ts'

export type InitOptions = {
  readonly dataFolder: string
  /** As `curo.config.json` will hold them: at least `origin`. */
  readonly settings: { readonly origin: string; readonly [name: string]: unknown }
}

export type Initialised = { readonly config: Config; readonly configFile: string; readonly setupCode: string }

/**
 * Prepares a real node: keys, `curo.config.json` and the one-time setup code for its first administrator.
 * @throws 'conflict' when the folder is a node already, 'invalid-input' for settings that cannot work or secrets
 *   that can be guessed
 */
export async function initNode({ dataFolder, settings }: InitOptions): Promise<Initialised> {
  const folder = resolve(dataFolder)
  const config = parseConfig({ ...settings, dataFolder: folder })
  if (config.demo) throw new CuroError('invalid-input', 'A demo needs no preparation: npm start makes one.')
  refuseWeakSecrets(config)
  if (await keysExist(folder))
    throw new CuroError('conflict', `${folder} holds a node already; its keys are never made twice.`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o711)
  const configFile = join(folder, 'curo.config.json')
  await writeNew(configFile, `${JSON.stringify({ ...settings, dataFolder: folder }, null, 2)}\n`)
  if (!(await makeKeys(folder))) throw new CuroError('conflict', `${folder} holds a node already.`)
  return { config, configFile, setupCode: await makeSetupCode(folder) }
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(text)
    await file.sync()
    await file.close()
  } catch (cause) {
    throw new CuroError('conflict', `${path} exists already: move it away first.`, { cause })
  }
}
