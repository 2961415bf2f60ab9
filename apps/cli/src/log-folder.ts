import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { parseVkey } from '@curo/ledger/keys'
import { type Policy, quorumPolicy } from '@curo/ledger/policy'
import { parsePolicy } from '@curo/ledger/policy-file'
import type { ReadResource } from '@curo/ledger/tile-reader'

/** What may stand beside a log's files: the key and the policy by which it is judged. */
export const POLICY_FILE = 'policy.txt'
export const KEY_FILE = 'log.vkey'

export function readerOf(folder: string): ReadResource {
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(folder, path)))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw error
    }
  }
}

/** Every file of the log, as paths within it. */
export async function* pathsIn(folder: string, from = folder): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* pathsIn(path, from)
    else {
      const name = relative(from, path).split(sep).join('/')
      if (name !== POLICY_FILE && name !== KEY_FILE) yield name
    }
  }
}

export type PolicySource = {
  policy?: string | undefined
  key?: string | undefined
  beside?: string | undefined
}

/**
 * By whom a checkpoint must be signed: a policy file, a log's verifier key, or what lies in the folder itself. Who takes
 * the key from the folder only learns that the log agrees with itself.
 * @throws CuroError 'invalid-input' when there is none
 */
export async function readPolicy({
  policy,
  key,
  beside,
}: PolicySource): Promise<{ policy: Policy; trusted: boolean }> {
  if (policy !== undefined) return { policy: parsePolicy(await read(policy)), trusted: true }
  if (key !== undefined) return { policy: policyOfKey(key), trusted: true }
  if (beside !== undefined) {
    const own = await readFile(join(beside, POLICY_FILE), 'utf8').catch(() => null)
    if (own !== null) return { policy: parsePolicy(own), trusted: false }
    const ownKey = await readFile(join(beside, KEY_FILE), 'utf8').catch(() => null)
    if (ownKey !== null) return { policy: policyOfKey(ownKey.trim()), trusted: false }
  }
  throw new CuroError(
    'invalid-input',
    'Say by whom it must be signed: --policy <file> or --key <verifier key>.',
  )
}

/** A verifier key alone, without witnesses. */
export function policyOfKey(vkey: string): Policy {
  return quorumPolicy({ logs: [{ key: parseVkey(vkey) }], witnesses: [], threshold: 0 })
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new CuroError('invalid-input', `${path} cannot be read.`, { cause })
  }
}
