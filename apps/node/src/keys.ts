import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { makeServerSetup } from '@curo/crypto/password'
import { randomBytes, randomId } from '@curo/crypto/random'
import { importSigningKey, type SigningKey } from '@curo/crypto/signatures'
import { withSigningThread } from './signing-thread.ts'

/** The node's own secrets. They stay in `<data>/keys`, one file each, mode 0600, and are never logged. */
export type NodeKeys = {
  /** Signs bodies, receipts and consents by OTP. */
  readonly nodeSigning: SigningKey
  /** 32-byte Ed25519 seeds of the log's, the witness's and the mirror's note keys. */
  readonly logSeed: Uint8Array
  readonly witnessSeed: Uint8Array
  readonly mirrorSeed: Uint8Array
  /** 32 bytes: seals columns with personal data. */
  readonly dataKey: Uint8Array
  /** 32 bytes: keyed tokens that make sealed columns searchable. */
  readonly searchKey: Uint8Array
  /** The server's half of every password (RFC 9807); without it nobody can sign in. */
  readonly opaqueSetup: string
  /** 32 bytes: one-time codes are stored as HMACs under it. */
  readonly otpPepper: Uint8Array
  /** The embedded PostgreSQL's superuser password. */
  readonly databasePassword: string
}

const SECRETS = ['node', 'log', 'witness', 'mirror', 'data', 'search', 'otp', 'database'] as const
type FileName = (typeof SECRETS)[number] | 'opaque'
const FILES: readonly FileName[] = [...SECRETS, 'opaque']

const keysFolder = (dataFolder: string) => join(dataFolder, 'keys')

export async function keysExist(dataFolder: string): Promise<boolean> {
  return stat(keysFolder(dataFolder)).then(
    () => true,
    () => false,
  )
}

/**
 * Makes all keys, whole or not at all: a later start never makes a single missing one anew, which would
 * silently give the node another identity.
 * @returns false when there are keys already
 */
export async function makeKeys(dataFolder: string): Promise<boolean> {
  const folder = keysFolder(dataFolder)
  if (await keysExist(dataFolder)) return false
  const half = `${folder}.new-${randomId()}`
  await mkdir(half, { recursive: true, mode: 0o700 })
  try {
    for (const name of SECRETS) await writeSecret(join(half, `${name}.key`), toBase64Url(randomBytes(32)))
    await writeSecret(join(half, 'opaque.key'), await makeServerSetup())
    // Read only here: a start has no use for the library.
    const { makeVapidSecret } = await import('./push/vapid-secret.ts')
    await writeSecret(join(half, 'vapid.key'), await makeVapidSecret())
    await syncFolder(half)
    await rename(half, folder)
    await syncFolder(dataFolder)
    return true
  } catch (error) {
    if (await keysExist(dataFolder)) return false
    throw error
  } finally {
    await rm(half, { recursive: true, force: true })
  }
}

/** @throws 'unavailable' naming the file that is missing, readable by others or damaged */
export async function loadKeys(dataFolder: string): Promise<NodeKeys> {
  const folder = keysFolder(dataFolder)
  const texts = new Map<FileName, string>()
  for (const name of FILES) texts.set(name, await readSecret(join(folder, `${name}.key`)))
  const bytes = (name: FileName) => {
    try {
      const secret = fromBase64Url(texts.get(name) ?? '')
      if (secret.length === 32) return secret
    } catch {
      // Reported below, without the cause: it could quote the secret.
    }
    throw new CuroError(
      'unavailable',
      `${join(folder, `${name}.key`)} is damaged: restore it from the backup of the keys.`,
    )
  }
  return {
    nodeSigning: withSigningThread(await importSigningKey(bytes('node')), { seed: bytes('node') }),
    logSeed: bytes('log'),
    witnessSeed: bytes('witness'),
    mirrorSeed: bytes('mirror'),
    dataKey: bytes('data'),
    searchKey: bytes('search'),
    opaqueSetup: texts.get('opaque') ?? '',
    otpPepper: bytes('otp'),
    databasePassword: texts.get('database') ?? '',
  }
}

export async function readSecret(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  if (found === null)
    throw new CuroError(
      'unavailable',
      `${path} is missing: restore the keys folder from its backup; a new key would not fit this data.`,
    )
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new CuroError('unavailable', `${path} can be read by others: chmod 600 it, and consider it known.`)
  return (await readFile(path, 'utf8')).trim()
}

export async function writeSecret(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}
