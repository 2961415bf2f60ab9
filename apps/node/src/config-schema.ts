import { z } from 'zod'

/** Flags and the environment give text; the file gives JSON. */
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const yesNo = z.union([
  z.boolean(),
  z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] }),
])
const port = wholeNumber(0, 65_535)

/** A folder, or a bucket of an S3 service. */
const bucket = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: z.url().optional(),
    region: z.string().min(1),
    bucket: z.string().min(1),
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(1),
    forcePathStyle: yesNo.default(false),
  }),
])

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const configSchema = z.strictObject({
  /** Keys, the embedded database, folder buckets, logs, outbox. */
  dataFolder: z.string().min(1).default('data'),
  /** A made-up hospital with made-up people is created on the first start. */
  demo: yesNo.default(false),
  /** A hospital to learn in, from its first start and for ever: `curo demo-data` may fill it with invented patients. */
  training: yesNo.default(false),
  /** How many invented patients a demo has, the whole cast where absent; with 3 it makes nothing in the background. */
  demoPatients: wholeNumber(3, 1000).optional(),
  hospitalName: z.string().trim().min(1).max(200).default('Curo Demo Hospital'),
  /** Whose clock appointments and messages go by: an IANA name. */
  timeZone: z.string().refine(isTimeZone, 'write it as Asia/Kolkata').default('Asia/Kolkata'),
  host: z.string().min(1).default('127.0.0.1'),
  port: port.default(8080),
  /** What people type; also the `Origin` of the web app. The address itself where absent. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The name of this hospital's log in the ledger (C2SP tlog-checkpoint: no spaces, no plus). Never changes. */
  origin: z
    .string()
    .regex(
      /^[a-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._~-]+)*$/,
      'write it as a host name and path, such as hospital.example/curo',
    )
    .default('demo.curo.example/log'),
  /** A reverse proxy in front ends TLS and says who calls in X-Forwarded-For. */
  behindProxy: yesNo.default(false),
  database: z
    .strictObject({
      /** `postgres://…`, PostgreSQL 15 or newer; the embedded server where absent. */
      url: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      poolSize: wholeNumber(2, 200).default(16),
      sharedBuffers: z
        .string()
        .regex(/^\d+(kB|MB|GB)$/)
        .default('256MB'),
      maxWalSize: z
        .string()
        .regex(/^\d+(MB|GB)$/)
        .default('2GB'),
    })
    .prefault({}),
  tls: z
    .strictObject({
      /** PEM files. */
      cert: z.string().min(1).optional(),
      key: z.string().min(1).optional(),
      /** Answers plain HTTP with a redirect here. */
      redirectPort: port.optional(),
    })
    .refine(
      (tls) => (tls.cert === undefined) === (tls.key === undefined),
      'give the certificate and its key together',
    )
    .prefault({}),
  operator: z
    .strictObject({
      /** Lets an operator in from elsewhere; on this machine none is needed. */
      token: z.string().min(32).optional(),
    })
    .prefault({}),
  session: z
    .strictObject({
      idleMinutes: wholeNumber(1, 24 * 60).default(30),
      longestHours: wholeNumber(1, 24 * 30).default(12),
      /** Whether doctors, staff, administrators and auditors must have a second factor; patients may. */
      secondFactor: z.enum(['optional', 'required']).default('optional'),
    })
    .prefault({}),
  recovery: z
    .strictObject({
      /** How long an owner can refuse before her guardians’ help opens her account; a day, in a demo a minute. */
      guardianWaitMinutes: wholeNumber(1, 30 * 24 * 60).optional(),
    })
    .prefault({}),
  push: z
    .strictObject({
      /** Host names of push services to send to: `*.push.example` for all below it, `*` for any public host. */
      services: z
        .array(z.string().regex(/^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+)$/))
        .default([
          'fcm.googleapis.com',
          'updates.push.services.mozilla.com',
          '*.push.services.mozilla.com',
          '*.notify.windows.com',
          '*.push.apple.com',
        ]),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Multiplies every route's calls per minute and address; 0 turns these limits off. */
      callsFactor: z.coerce.number().min(0).max(1000).default(1),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    })
    .prefault({}),
  jobs: z.strictObject({ run: yesNo.default(true), concurrency: wholeNumber(1, 32).default(2) }).prefault({}),
  /** Folder buckets under the data folder where the list is empty. */
  vault: z
    .strictObject({
      dataPieces: wholeNumber(1, 16).default(4),
      parityPieces: wholeNumber(0, 8).default(2),
      buckets: z.array(bucket).default([]),
    })
    .prefault({}),
  mail: z
    .strictObject({ url: z.url({ protocol: /^smtps?$/ }).optional(), from: z.string().optional() })
    .prefault({}),
  /** An HTTP service that sends text messages; they become files in the outbox folder where the url is absent. */
  sms: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).optional(),
      style: z.enum(['form', 'json']).default('form'),
      from: z.string().optional(),
      /** HTTP Basic with a user, else a bearer token. */
      user: z.string().optional(),
      token: z.string().optional(),
      toField: z.string().min(1).default('To'),
      fromField: z.string().min(1).default('From'),
      textField: z.string().min(1).default('Body'),
    })
    .prefault({}),
})

const SECRETS = new Set([
  'database.url',
  'operator.token',
  'vault.buckets.secretAccessKey',
  'mail.url',
  'sms.url',
  'sms.token',
])

/** Whether the setting at this path is never shown. */
export const isSecret = (path: string): boolean => SECRETS.has(path)
