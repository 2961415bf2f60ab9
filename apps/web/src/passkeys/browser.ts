import type { PasskeyAnswer, PasskeyCreation } from '@curo/client/passkey-answers'
import type { PasskeyToCreate, PasskeyToUse } from '@curo/client/passkeys'
import type { RequestOptions } from '@curo/contract/passkey-ceremonies'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** Why the browser gave no passkey. */
export type PasskeyTrouble = 'cancelled' | 'elsewhere' | 'known' | 'unsupported' | 'failed'

export class PasskeyError extends Error {
  readonly trouble: PasskeyTrouble
  /** The name that passkeys of this hospital belong to. */
  readonly rpId: string

  constructor(trouble: PasskeyTrouble, rpId: string, cause?: unknown) {
    super(`The browser gave no passkey: ${trouble}.`, { cause })
    this.trouble = trouble
    this.rpId = rpId
  }
}

/** Not in browsers of old, nor on pages that came over plain HTTP from elsewhere. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis

/** A browser uses a passkey under the name it was made for, and names below it. */
const isHere = (rpId: string) => location.hostname === rpId || location.hostname.endsWith(`.${rpId}`)

/** @throws PasskeyError */
export async function createPasskey(options: PasskeyToCreate['options']): Promise<PasskeyCreation> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  return asked(options.rp.id, () => startRegistration({ optionsJSON }))
}

/** @throws PasskeyError */
export async function askForPasskey(
  options: RequestOptions | PasskeyToUse['options'],
): Promise<PasskeyAnswer> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  return asked(options.rpId, () => startAuthentication({ optionsJSON }))
}

type Answered = { clientExtensionResults?: object | undefined }
type PrfResults = { prf?: { results?: { first?: unknown } } }

/** Hands the browser's answer to the key Worker. WebAuthn is the page's alone, so the PRF passes here: no longer than this. */
export async function handOver<A extends Answered, T>(answer: A, to: (answer: A) => Promise<T>): Promise<T> {
  try {
    return await to(answer)
  } finally {
    const output = (answer.clientExtensionResults as PrfResults | undefined)?.prf?.results?.first
    if (output instanceof ArrayBuffer) new Uint8Array(output).fill(0)
  }
}

async function asked<T>(rpId: string, ask: () => Promise<T>): Promise<T> {
  if (!hasPasskeys()) throw new PasskeyError('unsupported', rpId)
  if (!isHere(rpId)) throw new PasskeyError('elsewhere', rpId)
  try {
    return await ask()
  } catch (cause) {
    throw new PasskeyError(troubleOf(cause), rpId, cause)
  }
}

/** By the names of WebAuthn §5.1.3 and §5.1.4; a browser does not tell a refusal from a passkey that is not there. */
function troubleOf(cause: unknown): PasskeyTrouble {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  if (name === 'InvalidStateError') return 'known'
  if (name === 'NotSupportedError' || name === 'ConstraintError') return 'unsupported'
  return name === 'SecurityError' ? 'elsewhere' : 'failed'
}
