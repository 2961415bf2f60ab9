import { CuroError } from '@curo/crypto/errors'
import type { Config } from './config.ts'

const WEAK =
  /^(.)\1*$|pass(word)?|secret|change-?me|default|admin|postgres|curo|example|test|1234|qwerty|letmein/i
const SHORTEST_PASSWORD = 12

/**
 * A real node works with no secret that somebody chose: neither when it is prepared nor when it starts, for settings
 * are written by hand too.
 * @throws 'invalid-input' naming the setting
 */
export function refuseWeakSecrets(config: Config): void {
  const { url } = config.database
  const password = url === undefined ? undefined : decodeURIComponent(new URL(url).password)
  if (password !== undefined && password !== '' && isWeak(password))
    throw new CuroError(
      'invalid-input',
      'database.url has a password that can be guessed: make a random one of 12 or more characters.',
    )
  const { token } = config.operator
  if (token !== undefined && isWeak(token))
    throw new CuroError(
      'invalid-input',
      'operator.token can be guessed: make a random one of 32 or more characters.',
    )
  for (const bucket of config.vault.buckets)
    if (bucket.kind === 's3' && isWeak(bucket.secretAccessKey))
      throw new CuroError('invalid-input', `The secret key of bucket ${bucket.bucket} can be guessed.`)
}

const isWeak = (secret: string) =>
  secret.length < SHORTEST_PASSWORD || WEAK.test(secret) || new Set(secret).size < 6
