import { z } from 'zod'
import { accountChange, sessionAs, signedIn } from './accounts.ts'
import { creationAnswer, creationOptions, requestAnswer, requestOptions } from './passkey-ceremonies.ts'
import { defineRoute } from './route.ts'
import { bytes, id, instant, name, shortText } from './shapes.ts'

export const passkey = z.object({
  id,
  credential: bytes({ most: 1023 }),
  name: z.string(),
  /** Whether one can sign in with it alone: the account root is wrapped by it. */
  unlocks: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
})
export type Passkey = z.infer<typeof passkey>

/** The account root under a key from the passkey’s PRF, which the node never learns. */
const wrappedRoot = bytes({ most: 512 })

export const listPasskeys = defineRoute({
  name: 'listPasskeys',
  method: 'GET',
  path: '/v1/accounts/me/passkeys',
  summary: 'One’s own passkeys',
  access: 'signed-in',
  response: z.object({ passkeys: z.array(passkey) }),
})

export const startPasskey = defineRoute({
  name: 'startPasskey',
  method: 'POST',
  path: '/v1/accounts/me/passkeys/start',
  summary: 'Begins to add a passkey: a challenge for the browser (WebAuthn)',
  access: 'signed-in',
  beforeSecondFactor: true,
  response: z.object({ ceremony: id, options: creationOptions }),
  status: 201,
  callsPerMinute: 30,
})

export const finishPasskey = defineRoute({
  name: 'finishPasskey',
  method: 'POST',
  path: '/v1/accounts/me/passkeys',
  summary: 'Adds a passkey, with the account root wrapped by it where the authenticator can',
  access: 'signed-in',
  beforeSecondFactor: true,
  body: z.object({
    ceremony: id,
    name,
    answer: creationAnswer,
    wrappedRoot: wrappedRoot.nullable(),
    change: accountChange,
  }),
  response: passkey,
  status: 201,
  callsPerMinute: 30,
})

export const putPasskeyRoot = defineRoute({
  name: 'putPasskeyRoot',
  method: 'PUT',
  path: '/v1/accounts/me/passkeys/:passkey/root',
  summary: 'The account root wrapped by a passkey, for authenticators that give their PRF only when used',
  access: 'signed-in',
  params: z.object({ passkey: id }),
  body: z.object({ wrappedRoot, change: accountChange }),
})

export const removePasskey = defineRoute({
  name: 'removePasskey',
  method: 'POST',
  path: '/v1/accounts/me/passkeys/:passkey/removal',
  summary: 'Removes a passkey; nothing is signed in to with it from then on',
  access: 'signed-in',
  params: z.object({ passkey: id }),
  body: z.object({ change: accountChange }),
})

export const startPasskeySession = defineRoute({
  name: 'startPasskeySession',
  method: 'POST',
  path: '/v1/sessions/passkey/start',
  summary: 'First step of signing in with a passkey alone: a challenge for whichever passkey the person has',
  access: 'public',
  response: z.object({ ceremony: id, options: requestOptions }),
  status: 201,
  callsPerMinute: 60,
})

export const finishPasskeySession = defineRoute({
  name: 'finishPasskeySession',
  method: 'POST',
  path: '/v1/sessions/passkey/finish',
  summary: 'Second step: the passkey’s answer, for a session and the account root wrapped by it',
  access: 'public',
  body: z.object({
    ceremony: id,
    answer: requestAnswer,
    device: shortText.optional(),
    session: sessionAs,
  }),
  response: signedIn,
  status: 201,
  callsPerMinute: 60,
})
