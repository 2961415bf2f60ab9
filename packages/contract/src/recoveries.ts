import { z } from 'zod'
import { accountChange, opaqueMessage, recoveryKit } from './accounts.ts'
import { otpCode } from './cards.ts'
import { defineRoute } from './route.ts'
import { bytes, contact, id, instant } from './shapes.ts'

/** Shows that one holds the printed code, without showing the code. */
const kitProof = bytes({ length: 32 })

/** Good for half an hour after the code was entered. */
export const recoveryToken = bytes({ length: 32 })

export const getRecoveryKit = defineRoute({
  name: 'getRecoveryKit',
  method: 'GET',
  path: '/v1/recovery-kit',
  summary: 'The account root under one’s own recovery kit, and when the kit was last tried',
  access: 'signed-in',
  response: z.object({
    kit: z
      .object({ wrapped: bytes({ most: 512 }), madeAt: instant, rehearsedAt: instant.nullable() })
      .nullable(),
  }),
})

export const rehearseRecoveryKit = defineRoute({
  name: 'rehearseRecoveryKit',
  method: 'POST',
  path: '/v1/recovery-kit/rehearsals',
  summary: 'Notes that the printed kit was tried, and opens',
  access: 'signed-in',
  body: z.object({ kitProof }),
  response: z.object({ rehearsedAt: instant }),
  callsPerMinute: 30,
})

export const putRecoveryKit = defineRoute({
  name: 'putRecoveryKit',
  method: 'PUT',
  path: '/v1/recovery-kit',
  summary: 'A new recovery kit; the one before opens nothing from then on',
  access: 'signed-in',
  body: z.object({ kit: recoveryKit, change: accountChange }),
})

export const startKitRecovery = defineRoute({
  name: 'startKitRecovery',
  method: 'POST',
  path: '/v1/recoveries/kit',
  summary:
    'Begins to recover an account with its kit; a code goes to the phone if number and kit belong together',
  access: 'public',
  body: z.object({ contact, kitProof }),
  response: z.object({ recovery: id, expiresAt: instant }),
  status: 201,
  callsPerMinute: 30,
})

export const confirmKitRecovery = defineRoute({
  name: 'confirmKitRecovery',
  method: 'POST',
  path: '/v1/recoveries/kit/:recovery/otp',
  summary: 'Enters the code; gives the root under the kit’s key, and a token to choose a password with',
  access: 'public',
  params: z.object({ recovery: id }),
  body: z.object({ code: otpCode }),
  response: z.object({ account: id, token: recoveryToken, wrappedRoot: bytes({ most: 512 }) }),
  callsPerMinute: 30,
})

export const startRecoveredPassword = defineRoute({
  name: 'startRecoveredPassword',
  method: 'POST',
  path: '/v1/recoveries/password/start',
  summary: 'First step of the new password: OPAQUE registration request to response',
  access: 'public',
  body: z.object({ token: recoveryToken, request: opaqueMessage }),
  response: z.object({ response: opaqueMessage }),
  callsPerMinute: 30,
})

export const finishRecovery = defineRoute({
  name: 'finishRecovery',
  method: 'POST',
  path: '/v1/recoveries/password/finish',
  summary:
    'The new password, signed with the recovered key; ends every session, second factor and passkey there was',
  access: 'public',
  body: z.object({
    token: recoveryToken,
    record: opaqueMessage,
    wrappedRoot: bytes({ most: 512 }),
    change: accountChange,
  }),
  callsPerMinute: 30,
})
