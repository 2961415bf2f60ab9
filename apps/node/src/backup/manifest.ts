import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { type SigningKey, signBody, verifyBody } from '@curo/crypto/signatures'
import { z } from 'zod'
import { type CopiedFile, hashFile } from './copied-files.ts'

export const MANIFEST = 'manifest.json'
/** As `sha256sum --check` reads it. */
export const HASHES = 'files.sha256'
export const DATABASE = 'database.sql'

const manifestSchema = z.strictObject({
  v: z.literal(1),
  origin: z.string(),
  at: z.string(),
  version: z.string(),
  /** How far the log was published. */
  ledgerSize: z.int().nonnegative(),
  /** Numbers of the folder buckets; buckets of other kinds are not in a backup. */
  buckets: z.array(z.string()),
  /** SHA-256 of the list of all other files and their hashes. */
  files: z.string(),
  signer: z.string(),
  signature: z.string(),
})
export type Manifest = z.output<typeof manifestSchema>

export async function signManifest(
  facts: Omit<Manifest, 'v' | 'files' | 'signer' | 'signature'>,
  { hashes, key }: { hashes: string; key: SigningKey },
): Promise<Manifest> {
  const body = { ...facts, v: 1 as const, files: toHex(sha256(utf8Bytes(hashes))) }
  return signBody({ kind: 'backup', body, key })
}

export function formatHashes(files: readonly CopiedFile[]): string {
  return files.map(({ path, hash }) => `${hash}  ${path}\n`).join('')
}

function parseHashes(text: string): CopiedFile[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [hash = '', path = ''] = [line.slice(0, 64), line.slice(66)]
      const isInside = path !== '' && !path.split('/').includes('..') && !path.startsWith('/')
      if (!/^[0-9a-f]{64}$/.test(hash) || !isInside) throw altered('The list of its files is damaged.')
      return { path, hash }
    })
}

/**
 * Reads a backup's manifest and checks every file of it.
 * @throws CuroError 'storage-damaged' when something is missing or was altered, 'forged-signature' when the node key
 *   did not sign it
 */
export async function checkBackup(
  folder: string,
  nodeKey: Uint8Array,
): Promise<{ manifest: Manifest; files: CopiedFile[] }> {
  const [manifestText, hashes] = await Promise.all(
    [MANIFEST, HASHES].map((name) =>
      readFile(join(folder, name), 'utf8').catch(() => {
        throw altered(`${name} is missing.`)
      }),
    ),
  )
  const manifest = parseManifest(manifestText ?? '')
  await verifyBody({ kind: 'backup', body: manifest, expectedSigner: nodeKey })
  if (manifest.files !== toHex(sha256(utf8Bytes(hashes ?? ''))))
    throw altered('The list of its files was altered.')
  const files = parseHashes(hashes ?? '')
  for (const { path, hash } of files) {
    const found = await hashFile(join(folder, path)).catch(() => null)
    if (found !== hash) throw altered(`${path} is ${found === null ? 'missing' : 'not what was backed up'}.`)
  }
  return { manifest, files }
}

function parseManifest(text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new CuroError('storage-damaged', 'This is not a backup of this version of Curo.', { cause })
  }
}

function altered(what: string): CuroError {
  return new CuroError('storage-damaged', `The backup is damaged; use another one. ${what}`)
}
