import { z } from 'zod'
import { accountChange, accountKeys } from './accounts.ts'
import { otpCode } from './cards.ts'
import { recoveryToken } from './recoveries.ts'
import { defineRoute } from './route.ts'
import { bytes, contact, digest, id, instant, sealingKey } from './shapes.ts'

/** A guardian’s share, sealed to her account key or to the key of one request. */
const sealedShare = bytes({ most: 4000 })

/** Any two of three. */
export const GUARDIANS = 3
export const GUARDIANS_NEEDED = 2

export const findGuardian = defineRoute({
  name: 'findGuardian',
  method: 'POST',
  path: '/v1/guardians/candidates',
  summary: 'The keys of somebody who gave one her invitation: it names her account and her key’s fingerprint',
  access: 'signed-in',
  body: z.object({ account: id, fingerprint: bytes({ length: 16 }) }),
  response: z.object({ account: id, name: z.string(), keys: accountKeys }),
  callsPerMinute: 60,
})

export const getGuardians = defineRoute({
  name: 'getGuardians',
  method: 'GET',
  path: '/v1/guardians',
  summary: 'Whom one has named as guardians',
  access: 'signed-in',
  response: z.object({
    since: instant.nullable(),
    guardians: z.array(z.object({ account: id, name: z.string() })),
  }),
})

export const putGuardians = defineRoute({
  name: 'putGuardians',
  method: 'PUT',
  path: '/v1/guardians',
  summary:
    'Names three guardians, any two of whom can give the account back; those before hold nothing any more',
  access: 'signed-in',
  body: z.object({
    commitment: digest,
    shares: z.array(z.object({ account: id, sealedShare })).length(GUARDIANS),
    change: accountChange,
  }),
})

export const removeGuardians = defineRoute({
  name: 'removeGuardians',
  method: 'POST',
  path: '/v1/guardians/removal',
  summary: 'Nobody is one’s guardian any more',
  access: 'signed-in',
  body: z.object({ change: accountChange }),
})

export const guardianship = z.object({ owner: id, name: z.string(), since: instant, sealedShare })

/** Somebody who named one as guardian asks for her account. */
export const guardianRequest = z.object({
  recovery: id,
  owner: id,
  name: z.string(),
  requestKey: sealingKey,
  askedAt: instant,
  /** Before this nothing is given out. */
  opensAt: instant,
  expiresAt: instant,
  /** Whether one has released one’s share already. */
  released: z.boolean(),
})

export const listGuardianships = defineRoute({
  name: 'listGuardianships',
  method: 'GET',
  path: '/v1/guardianships',
  summary: 'Whose guardian one is, and who of them asks for help',
  access: 'signed-in',
  response: z.object({ guardianships: z.array(guardianship), requests: z.array(guardianRequest) }),
})

export const releaseShare = defineRoute({
  name: 'releaseShare',
  method: 'POST',
  path: '/v1/guardianships/requests/:recovery',
  summary: 'A guardian’s share, sealed to the key of the request whose number she compared by telephone',
  access: 'signed-in',
  params: z.object({ recovery: id }),
  body: z.object({ sealedShare, change: accountChange }),
})

export const startGuardianRecovery = defineRoute({
  name: 'startGuardianRecovery',
  method: 'POST',
  path: '/v1/recoveries/guardians',
  summary: 'Begins to recover an account with its guardians; a code goes to the phone if it has any',
  access: 'public',
  body: z.object({ contact }),
  response: z.object({ recovery: id, expiresAt: instant }),
  status: 201,
  callsPerMinute: 30,
})

export const confirmGuardianRecovery = defineRoute({
  name: 'confirmGuardianRecovery',
  method: 'POST',
  path: '/v1/recoveries/guardians/:recovery/otp',
  summary: 'Enters the code; the guardians are asked and the owner is told, who can refuse until it opens',
  access: 'public',
  params: z.object({ recovery: id }),
  body: z.object({ code: otpCode, requestKey: sealingKey }),
  response: z.object({ account: id, token: recoveryToken, opensAt: instant, expiresAt: instant }),
  callsPerMinute: 30,
})

export const getGuardianRecovery = defineRoute({
  name: 'getGuardianRecovery',
  method: 'POST',
  path: '/v1/recoveries/guardians/state',
  summary: 'How far the guardians are; their shares once two are there and the waiting time is over',
  access: 'public',
  body: z.object({ token: recoveryToken }),
  response: z.object({
    state: z.enum(['waiting', 'ready', 'refused', 'over']),
    opensAt: instant,
    released: z.int().nonnegative(),
    releases: z.array(z.object({ guardian: id, sealedShare })),
  }),
  callsPerMinute: 60,
})

export const listOwnRecoveries = defineRoute({
  name: 'listOwnRecoveries',
  method: 'GET',
  path: '/v1/recoveries',
  summary: 'Attempts under way to recover one’s own account with the help of guardians',
  access: 'signed-in',
  response: z.object({
    recoveries: z.array(
      z.object({ recovery: id, askedAt: instant, opensAt: instant, released: z.int().nonnegative() }),
    ),
  }),
})

export const refuseRecovery = defineRoute({
  name: 'refuseRecovery',
  method: 'POST',
  path: '/v1/recoveries/:recovery/refusal',
  summary: 'The owner says no: it was not her who asked',
  access: 'signed-in',
  params: z.object({ recovery: id }),
})

export const refuseRecoveryByCode = defineRoute({
  name: 'refuseRecoveryByCode',
  method: 'POST',
  path: '/v1/recoveries/refusals',
  summary: 'The same without signing in, with the code from the message to the owner',
  access: 'public',
  body: z.object({ refusal: id }),
  callsPerMinute: 30,
})
