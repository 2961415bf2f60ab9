import type { CreationAnswer, RequestAnswer } from '@curo/contract/passkey-ceremonies'
import { PASSKEY_PRF_INPUT } from '@curo/crypto/passkey'

/**
 * [Note: the PRF stays here] The browser gives the PRF's output among the extension results of its answer. It is taken
 * out here, and what goes to the node is built anew from the members that the node needs: the contract has no place
 * for the rest.
 */
type ExtensionResults = { readonly prf?: { readonly results?: { readonly first?: unknown } } }

/** What `startRegistration` of @simplewebauthn/browser, or `credential.toJSON()`, gives. */
export type PasskeyCreation = {
  readonly id: string
  readonly rawId: string
  readonly response: {
    readonly clientDataJSON: string
    readonly attestationObject: string
    readonly transports?: readonly string[] | undefined
  }
  readonly clientExtensionResults?: object | undefined
}

/** What `startAuthentication` gives. */
export type PasskeyAnswer = {
  readonly id: string
  readonly rawId: string
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle?: string | undefined
  }
  readonly clientExtensionResults?: object | undefined
}

/** The 32 bytes of the PRF, if the authenticator gave them. */
function prfOutputIn(extensions: object | undefined): Uint8Array | null {
  const first = (extensions as ExtensionResults | undefined)?.prf?.results?.first
  if (first instanceof ArrayBuffer) return new Uint8Array(first.slice(0))
  if (ArrayBuffer.isView(first))
    return new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice()
  return null
}

export function readPasskeyCreation({ id, rawId, response, clientExtensionResults }: PasskeyCreation): {
  answer: CreationAnswer
  prfOutput: Uint8Array | null
} {
  const { clientDataJSON, attestationObject, transports = [] } = response
  return {
    answer: {
      ...{ id, rawId, type: 'public-key' },
      response: { clientDataJSON, attestationObject, transports: [...transports] },
    },
    prfOutput: prfOutputIn(clientExtensionResults),
  }
}

export function readPasskeyAnswer({ id, rawId, response, clientExtensionResults }: PasskeyAnswer): {
  answer: RequestAnswer
  prfOutput: Uint8Array | null
} {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    answer: {
      ...{ id, rawId, type: 'public-key' },
      response: {
        ...{ clientDataJSON, authenticatorData, signature },
        ...(userHandle === undefined ? {} : { userHandle }),
      },
    },
    prfOutput: prfOutputIn(clientExtensionResults),
  }
}

/** The extensions to give to the browser: they ask the authenticator for the PRF that opens the account root. */
export type PrfExtensions = { prf: { eval: { first: Uint8Array<ArrayBuffer> } } }

export const prfExtensions = (): PrfExtensions => ({ prf: { eval: { first: PASSKEY_PRF_INPUT.slice() } } })
