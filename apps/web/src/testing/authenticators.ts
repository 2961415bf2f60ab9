import type { TestNode } from '@curo/node/testing/test-node'
import { type TOTP, URI } from 'otpauth'
import type { Page } from 'playwright-core'

const STEP_MS = 30_000

/** A device's own authenticator with a PRF, whose owner always agrees; on this page and where it goes. */
export async function addAuthenticator(page: Page, { prf = true } = {}): Promise<void> {
  const debuggerOf = await page.context().newCDPSession(page)
  await debuggerOf.send('WebAuthn.enable')
  await debuggerOf.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: prf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** An authenticator app with the key that was typed in; each code is one that was not used before. */
export function makeAuthenticatorApp(node: TestNode, typed: string): { code(): string; wrongCode(): string } {
  const secret = typed.replaceAll(' ', '')
  const totp = URI.parse(`otpauth://totp/Curo:test?secret=${secret}&issuer=Curo`) as TOTP
  const codeNow = () => totp.generate({ timestamp: node.clock.now().getTime() })
  return {
    code() {
      node.clock.advance(STEP_MS)
      return codeNow()
    },
    wrongCode: () => String((Number(codeNow()) + 271_828) % 1_000_000).padStart(6, '0'),
  }
}
