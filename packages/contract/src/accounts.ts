import { z } from 'zod'
import { activationFinish } from './cards.ts'
import { requestOptions } from './passkey-ceremonies.ts'
import { mediation } from './patients.ts'
import { defineRoute, ROLES } from './route.ts'
import {
  bytes,
  contact,
  digest,
  id,
  instant,
  name,
  page,
  sealingKey,
  shortText,
  signed,
  signingKey,
} from './shapes.ts'

export const role = z.enum(ROLES)
export const accountStatus = z.enum(['pending', 'active', 'rejected', 'suspended'])

/** A doctor's or staff member's professional details, as an administrator checks them. */
export const profession = z.object({
  registrationNumber: shortText.optional(),
  speciality: shortText.optional(),
  department: shortText.optional(),
  qualification: shortText.optional(),
})

/** An account's public keys, signed by its own identity key (kind `account-keys`). */
export const accountKeys = z.object({
  v: z.literal(1),
  account: id,
  identity: signingKey,
  seal: sealingKey,
  at: instant,
  ...signed,
})
export type AccountKeys = z.infer<typeof accountKeys>

/**
 * What one changes about one's own account (kind `account-change`), signed by its identity key: whoever has only a
 * session, and not the root, changes nothing that decides who may sign in. `content` is the SHA-256 of the canonical
 * JSON of the request's body without this statement; good for five minutes.
 */
export const accountChange = z.object({
  v: z.literal(1),
  account: id,
  /** The name of the route. */
  change: z.string().max(60),
  content: digest,
  at: instant,
  ...signed,
})
export type AccountChange = z.infer<typeof accountChange>

/** Where the account's keys stand in the ledger: the index of its registry entry in this hospital's log. */
export const registryReference = z.object({ origin: z.string(), index: z.int().nonnegative().nullable() })

export const account = z.object({
  id,
  role,
  status: accountStatus,
  name,
  profession,
  keys: accountKeys,
  registry: registryReference.nullable(),
  createdAt: instant,
})
export type Account = z.infer<typeof account>

/** One's own account also shows what one signs in with and, for a patient, whose record it is. */
export const ownAccount = account.extend({
  contact,
  patient: id.nullable(),
  /** True while the hospital asks for a second factor and there is none: nothing else can be done before. */
  needsSecondFactor: z.boolean().optional(),
})
export type OwnAccount = z.infer<typeof ownAccount>

/** One OPAQUE message (RFC 9807) as the library encodes it. */
export const opaqueMessage = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[A-Za-z0-9_-]+$/)

/** The account root under the recovery kit's key, and the hash by which a proof of that kit is known. */
export const recoveryKit = z.object({ wrapped: bytes({ most: 512 }), verifier: digest })

export const startRegistration = defineRoute({
  name: 'startRegistration',
  method: 'POST',
  path: '/v1/accounts/registrations/start',
  summary: 'First step of registering a password: OPAQUE registration request to response',
  access: 'public',
  body: z.object({ contact, request: opaqueMessage }),
  response: z.object({ response: opaqueMessage }),
  callsPerMinute: 60,
})

export const finishRegistration = defineRoute({
  name: 'finishRegistration',
  method: 'POST',
  path: '/v1/accounts/registrations/finish',
  summary:
    'Creates the account: the password record, the wrapped root and the public keys, all made by the client',
  access: 'public',
  body: z.object({
    id,
    contact,
    role,
    name,
    profession: profession.default({}),
    record: opaqueMessage,
    /** The account root under OPAQUE's export key. */
    wrappedRoot: bytes({ most: 512 }),
    keys: accountKeys,
    /** A patient’s app makes one at once; the others make theirs when they have signed in. */
    kit: recoveryKit.optional(),
    /** The first administrator of a node presents the code that `curo init` printed. */
    setupCode: z.string().max(100).optional(),
    /** A patient presents what the activation of her card gave her. */
    activation: activationFinish.optional(),
  }),
  response: z.object({
    account: id,
    status: accountStatus,
    /** For a patient: the mediation points of her new keys, to be checked and attested. */
    mediation: mediation.nullable(),
  }),
  status: 201,
  callsPerMinute: 60,
})

/** `cookie`: for the page that the node serves. HttpOnly, SameSite=Strict; no script ever sees the token. */
export const sessionAs = z.enum(['token', 'cookie']).default('token')

/** What a sign-in gives. */
export const signedIn = z.object({
  /** null where the session is a cookie. */
  token: bytes({ length: 32 }).nullable(),
  expiresAt: instant,
  account: ownAccount,
  /** The account root under what one signed in with. */
  wrappedRoot: bytes({ most: 512 }),
  /** A patient's sealed keyring: lookup keys and roots before this one. */
  keyring: bytes({ most: 65536 }).nullable(),
})

export type SignedIn = z.infer<typeof signedIn>

/** The password was right; there is no session before the second factor holds as well. */
export const secondFactorAsked = z.object({
  signIn: id,
  methods: z.array(z.enum(['totp', 'passkey'])).min(1),
  /** The challenge for one of her passkeys, if she has any. */
  passkey: requestOptions.nullable(),
  expiresAt: instant,
})

export type SecondFactorAsked = z.infer<typeof secondFactorAsked>

export const startSession = defineRoute({
  name: 'startSession',
  method: 'POST',
  path: '/v1/sessions/start',
  summary: 'First step of signing in; an unknown contact looks like a known one',
  access: 'public',
  body: z.object({ contact, request: opaqueMessage }),
  response: z.object({ login: id, response: opaqueMessage }),
  callsPerMinute: 60,
})

export const finishSession = defineRoute({
  name: 'finishSession',
  method: 'POST',
  path: '/v1/sessions/finish',
  summary:
    'Second step of signing in: the proof that the password was right, for a session or the question for a second factor',
  access: 'public',
  body: z.object({ login: id, finish: opaqueMessage, device: shortText.optional(), session: sessionAs }),
  response: z.union([signedIn, z.object({ secondFactor: secondFactorAsked })]),
  status: 201,
  callsPerMinute: 60,
})

export const session = z.object({
  id,
  device: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
  current: z.boolean(),
})

export const endSession = defineRoute({
  name: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/:session',
  summary: 'Signs out: `current`, or another of one’s own sessions',
  access: 'signed-in',
  waitingToo: true,
  beforeSecondFactor: true,
  params: z.object({ session: z.union([z.literal('current'), id]) }),
})

export const listSessions = defineRoute({
  name: 'listSessions',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'One’s own sessions and devices',
  access: 'signed-in',
  response: z.object({ sessions: z.array(session) }),
})

export const changePassword = defineRoute({
  name: 'changePassword',
  method: 'POST',
  path: '/v1/accounts/me/password',
  summary:
    'A new password in place of the present one, which a login started for it proves; ends the other sessions',
  access: 'signed-in',
  body: z.object({
    /** From `startSession`, and the client’s last message to it. */
    login: id,
    finish: opaqueMessage,
    record: opaqueMessage,
    wrappedRoot: bytes({ most: 512 }),
    change: accountChange,
  }),
  callsPerMinute: 30,
})

export const getOwnAccount = defineRoute({
  name: 'getOwnAccount',
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'Who one is signed in as',
  access: 'signed-in',
  waitingToo: true,
  beforeSecondFactor: true,
  response: ownAccount,
})

/** What the sealed keyring holds once opened; only the patient’s client sees it. */
export const keyringContent = z.object({
  v: z.literal(1),
  /** One for each card she had. */
  lookupKeys: z.array(z.object({ epoch: z.int().nonnegative(), key: bytes({ length: 32 }) })),
  /** Roots before the one in use, oldest first: they open what was sealed before. */
  previousRoots: z.array(bytes({ length: 32 })),
  card: z.string().optional(),
  /** What stands after the # of that card’s address, so that her app can show it. */
  cardCode: z.string().max(400).optional(),
})
export type KeyringContent = z.infer<typeof keyringContent>

export const putKeyring = defineRoute({
  name: 'putKeyring',
  method: 'PUT',
  path: '/v1/accounts/me/keyring',
  summary: 'Replaces the patient’s sealed keyring',
  access: ['patient'],
  body: z.object({ keyring: bytes({ most: 65536 }) }),
})

export const listAccounts = defineRoute({
  name: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  summary: 'People who work here, and those who wait for approval',
  access: ['admin'],
  query: z.object({ role: role.optional(), status: accountStatus.optional(), ...page }),
  response: z.object({ accounts: z.array(account.extend({ contact })), next: z.string().nullable() }),
})

export const decideAccount = defineRoute({
  name: 'decideAccount',
  method: 'POST',
  path: '/v1/accounts/:account/decision',
  summary:
    'Approves (and enters the keys in the ledger’s registry), rejects, suspends or reinstates an account',
  access: ['admin'],
  params: z.object({ account: id }),
  body: z
    .object({
      decision: z.enum(['approve', 'reject', 'suspend', 'reinstate']),
      /** Sent to whom it is about; needed to reject and to suspend. */
      reason: shortText.optional(),
    })
    .refine(({ decision, reason }) => reason || decision === 'approve' || decision === 'reinstate', {
      message: 'Give a reason: it is sent to the person.',
      path: ['reason'],
    }),
  response: account,
})

export const findClinicians = defineRoute({
  name: 'findClinicians',
  // Whom a patient looks for is hers to know: it must not stand in an address.
  method: 'POST',
  path: '/v1/clinicians/find',
  summary: 'Approved doctors of this hospital, to ask or to allow',
  access: 'signed-in',
  body: z.object({ search: z.string().max(200).optional(), ...page }),
  response: z.object({ clinicians: z.array(account), next: z.string().nullable() }),
})

export const getClinician = defineRoute({
  name: 'getClinician',
  method: 'GET',
  path: '/v1/clinicians/:account',
  summary: 'One approved doctor with her keys and where they stand in the ledger',
  access: 'signed-in',
  params: z.object({ account: id }),
  response: account,
})
