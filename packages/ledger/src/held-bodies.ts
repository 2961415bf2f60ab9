import { toHex } from '@curo/crypto/bytes'
import { parseCanonicalJson } from '@curo/crypto/canonical-json'
import { isCuroError } from '@curo/crypto/errors'
import { type Body, parseBody } from './bodies.ts'
import { commitmentOf } from './commitments.ts'

/** A body that a patient was given, in canonical JSON, with the random value that opens its commitment. */
export type HeldBody = { r: Uint8Array; bodyBytes: Uint8Array }

/** The bodies a patient holds, found by the commitment that they open. */
export class HeldBodies {
  readonly #byCommitment = new Map<string, { bodyBytes: Uint8Array; used: boolean }>()

  /** @throws CuroError 'invalid-input' when an r has not 32 bytes */
  constructor(bodies: readonly HeldBody[]) {
    for (const { r, bodyBytes } of bodies)
      this.#byCommitment.set(toHex(commitmentOf({ r, bodyBytes })), { bodyBytes, used: false })
  }

  /**
   * @returns undefined when she holds nothing that opens this commitment, null when what opens it is no ledger body
   */
  take(commitment: Uint8Array): Body | null | undefined {
    const held = this.#byCommitment.get(toHex(commitment))
    if (!held) return undefined
    held.used = true
    return tryParse(held.bodyBytes)
  }

  /** Bodies that opened no entry; null where it is none. */
  *unused(): Iterable<Body | null> {
    for (const { bodyBytes, used } of this.#byCommitment.values()) if (!used) yield tryParse(bodyBytes)
  }
}

function tryParse(bodyBytes: Uint8Array): Body | null {
  try {
    return parseBody(parseCanonicalJson(bodyBytes))
  } catch (error) {
    if (isCuroError(error)) return null
    throw error
  }
}
