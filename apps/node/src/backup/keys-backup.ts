import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { deriveRecoveryKey, makeRecoveryCode } from '@curo/crypto/recovery-kit'
import { importSigningKey } from '@curo/crypto/signatures'
import { unwrapSecret, wrapSecret } from '@curo/crypto/wrap'
import { writeSecret } from '../keys.ts'

const CONTEXT = 'node keys'
/** As config.ts looks for it in the data folder. */
const CONFIGURATION = 'curo.config.json'

export type KeyFiles = { keys: Record<string, string>; configuration: string | null }

/**
 * Seals the node's keys (and its configuration, which may hold passwords) into one file under a fresh printed code.
 * They never lie in a backup of the data: who finds that must not find what opens it.
 * @returns the code; without it the file is worth nothing, and with both so is the data's secrecy
 */
export async function backUpKeys({
  dataFolder,
  file,
}: {
  dataFolder: string
  file: string
}): Promise<{ code: string }> {
  const folder = join(dataFolder, 'keys')
  const keys: Record<string, string> = {}
  for (const name of (await readdir(folder)).sort())
    if (name.endsWith('.key')) keys[name] = await readFile(join(folder, name), 'utf8')
  const configuration = await readFile(join(dataFolder, CONFIGURATION), 'utf8').catch(() => null)
  const code = makeRecoveryCode()
  const secret = utf8Bytes(JSON.stringify({ keys, configuration } satisfies KeyFiles))
  const wrapped = await wrapSecret({ wrappingKey: deriveRecoveryKey(code), secret, context: CONTEXT })
  await writeSecret(file, toBase64Url(wrapped))
  return { code }
}

/**
 * Opens the file of the keys.
 * @throws CuroError 'wrong-key' for another code, 'malformed' for a code with a typing mistake
 */
export async function openKeys({ file, code }: { file: string; code: string }): Promise<KeyFiles> {
  const wrapped = fromBase64Url((await readFile(file, 'utf8')).trim())
  try {
    const secret = await unwrapSecret({ wrappingKey: deriveRecoveryKey(code), wrapped, context: CONTEXT })
    return JSON.parse(utf8Text(secret)) as KeyFiles
  } catch (error) {
    if (!isCuroError(error, 'wrong-key')) throw error
    throw new CuroError(
      'wrong-key',
      'This code does not open this file of keys; each file has a code of its own.',
      {
        cause: error,
      },
    )
  }
}

/** The node's public key, by which a backup of its data is known. */
export async function nodeKeyOf({ keys }: KeyFiles): Promise<Uint8Array> {
  const seed = fromBase64Url(keys['node.key']?.trim() ?? '')
  return (await importSigningKey(seed)).publicKey
}

/** Puts the keys, and the configuration if there was one, into an empty data folder. */
export async function writeKeys(dataFolder: string, { keys, configuration }: KeyFiles): Promise<void> {
  const folder = join(dataFolder, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(keys)) {
    if (!/^[a-z]+\.key$/.test(name))
      throw new CuroError('malformed', 'The file of the keys holds something else.')
    await writeSecret(join(folder, name), text.trimEnd())
  }
  if (configuration === null) return
  const settings = { ...JSON.parse(configuration), dataFolder }
  await writeSecret(join(dataFolder, CONFIGURATION), JSON.stringify(settings, null, 2))
}
