import { z } from 'zod'
import { accountChange, sessionAs, signedIn } from './accounts.ts'
import { requestAnswer } from './passkey-ceremonies.ts'
import { defineRoute } from './route.ts'
import { id, instant } from './shapes.ts'

/** Six digits from an authenticator app (RFC 6238: SHA-1, 30 seconds). */
export const totpCode = z.string().regex(/^[0-9]{6}$/, 'The code has six digits.')

export const getSecondFactors = defineRoute({
  name: 'getSecondFactors',
  method: 'GET',
  path: '/v1/accounts/me/second-factors',
  summary: 'What one’s own sign-in asks for beside the password',
  access: 'signed-in',
  beforeSecondFactor: true,
  response: z.object({
    /** Whether this hospital asks it of one’s role. */
    required: z.boolean(),
    totp: z.object({ since: instant }).nullable(),
    passkeys: z.int().nonnegative(),
  }),
})

export const startTotp = defineRoute({
  name: 'startTotp',
  method: 'POST',
  path: '/v1/accounts/me/totp',
  summary: 'Makes a key for an authenticator app; it counts when a code of it was confirmed',
  access: 'signed-in',
  beforeSecondFactor: true,
  body: z.object({ change: accountChange }),
  /** `otpauth://totp/…`, to be shown as a QR code once. */
  response: z.object({ uri: z.string().max(500) }),
  status: 201,
  callsPerMinute: 30,
})

export const confirmTotp = defineRoute({
  name: 'confirmTotp',
  method: 'POST',
  path: '/v1/accounts/me/totp/confirmation',
  summary: 'The first code of the authenticator app; from now on signing in asks for one',
  access: 'signed-in',
  beforeSecondFactor: true,
  body: z.object({ code: totpCode }),
  callsPerMinute: 30,
})

export const removeTotp = defineRoute({
  name: 'removeTotp',
  method: 'POST',
  path: '/v1/accounts/me/totp/removal',
  summary: 'Signing in no longer asks for a code; takes one last code',
  access: 'signed-in',
  body: z.object({ code: totpCode, change: accountChange }),
  callsPerMinute: 30,
})

export const answerSecondFactor = defineRoute({
  name: 'answerSecondFactor',
  method: 'POST',
  path: '/v1/sessions/second-factor',
  summary: 'Last step of signing in: the second factor, for a session',
  access: 'public',
  body: z
    .object({
      signIn: id,
      code: totpCode.optional(),
      passkey: requestAnswer.optional(),
      session: sessionAs,
    })
    .refine(({ code, passkey }) => (code === undefined) !== (passkey === undefined), {
      message: 'Answer with a code or with a passkey.',
    }),
  response: signedIn,
  status: 201,
  callsPerMinute: 30,
})
