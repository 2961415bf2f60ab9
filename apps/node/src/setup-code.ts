import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { equalBytes, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { randomBytes } from '@curo/crypto/random'
import { writeSecret } from './keys.ts'

/**
 * The code that makes its bearer the first administrator. It lies beside the keys until it is used, so that the
 * operator can read it again; the database makes sure that it is used once.
 */
const pathOf = (dataFolder: string) => join(dataFolder, 'setup-code')

/** 128 random bits; keeps an earlier code. */
export async function makeSetupCode(dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const code = toBase64Url(randomBytes(16))
  await writeSecret(pathOf(dataFolder), code).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readSetupCode(dataFolder)) ?? code
}

export async function readSetupCode(dataFolder: string): Promise<string | null> {
  const text = await readFile(pathOf(dataFolder), 'utf8').catch(() => '')
  return text.trim() === '' ? null : text.trim()
}

export async function isSetupCode(dataFolder: string, presented: string): Promise<boolean> {
  const code = await readSetupCode(dataFolder)
  return code !== null && equalBytes(sha256(utf8Bytes(presented)), sha256(utf8Bytes(code)))
}

export async function forgetSetupCode(dataFolder: string): Promise<void> {
  await rm(pathOf(dataFolder), { force: true })
}
