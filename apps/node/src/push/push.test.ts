import { readdir, rm } from 'node:fs/promises'
import { endOtherSession, listSessions, signOut } from '@curo/client/accounts'
import { refuseRequest, requestConsent } from '@curo/client/consent'
import { getPushKey, subscribePush, unsubscribePush } from '@curo/client/push'
import { toBase64Url } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { randomBytes } from '@curo/crypto/random'
import { importJWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseConfig } from '../config.ts'
import { inTransaction } from '../database.ts'
import { DOMAINS, type Domain } from '../domains.ts'
import { startSession } from '../sessions.ts'
import { consentByApp, consentByCode } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { checkEndpoint, isPublicAddress } from './endpoints.ts'
import { pushHandlers } from './routes.ts'
import { pushJobs } from './sending.ts'
import { loadVapidKey } from './vapid.ts'
import { wakePatient } from './waking.ts'

type Push = { endpoint: string; headers: Readonly<Record<string, string>> }
const pushes: Push[] = []
let answer: (endpoint: string) => number
/** The push services of the world, in memory. */
const domains: Domain[] = [
  ...DOMAINS.filter(({ jobs, handlers }) => handlers !== pushHandlers || !jobs),
  {
    handlers: pushHandlers,
    jobs: (node) =>
      pushJobs(node, async (endpoint, headers) => {
        pushes.push({ endpoint, headers })
        return answer(endpoint)
      }),
  },
]

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital({ domains })
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())
beforeEach(async () => {
  answer = () => 201
  pushes.length = 0
  await hospital.node.context.db.deleteFrom('push_subscriptions').execute()
  await hospital.node.context.db.deleteFrom('attempts').execute()
})

const invented = () => `https://fcm.googleapis.com/fcm/send/${toBase64Url(randomBytes(60))}`
const asking = (patient: string) =>
  requestConsent(hospital.doctor, {
    patient,
    scope: { categories: ['laboratory'] },
    purpose: { code: 'CAREMGT' },
    use: 'single',
    notAfter: new Date(hospital.node.clock.now().getTime() + 3_600_000),
  })
const subscriptions = () => hospital.node.context.db.selectFrom('push_subscriptions').selectAll().execute()

describe('a device is woken', () => {
  test('when a doctor asks, with nothing in the push, and signed so that the service knows this node', async () => {
    const endpoint = invented()
    await subscribePush(holder.app, { endpoint })
    await asking(holder.id)
    expect(pushes).toEqual([])
    await hospital.node.runJobs()
    expect(pushes).toHaveLength(1)
    const [{ headers, endpoint: called } = { headers: {} as Push['headers'], endpoint: '' }] = pushes
    expect(called).toBe(endpoint)
    expect(Object.keys(headers).sort()).toEqual(['authorization', 'topic', 'ttl', 'urgency'])
    const [, token = '', key = ''] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
    expect(key).toBe(toBase64Url(await getPushKey(holder.app)))
    const point = Buffer.from(key, 'base64url')
    expect([point.length, point[0]]).toEqual([65, 4])
    const jwk = {
      ...{ kty: 'EC', crv: 'P-256' },
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    }
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), {
      audience: 'https://fcm.googleapis.com',
    })
    expect(payload.sub).toMatch(/^mailto:curo@node\.test$/)
    expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThan(24 * 3600)
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'sub'])
  })

  test('of a doctor, when the patient says yes or no; of the patient, when a code says yes', async () => {
    const [doctors, patients] = [invented(), invented()]
    await subscribePush(hospital.doctor, { endpoint: doctors })
    await consentByApp(hospital, holder)
    await hospital.node.runJobs()
    const { request } = await asking(holder.id)
    await refuseRequest(holder.app, { request: request.id })
    await hospital.node.runJobs()
    expect(pushes.map(({ endpoint }) => endpoint)).toEqual([doctors, doctors])
    await subscribePush(holder.app, { endpoint: patients })
    await consentByCode(hospital, holder)
    await hospital.node.runJobs()
    // Request and yes came within a moment of each other: one push.
    expect(pushes.slice(2).map(({ endpoint }) => endpoint)).toEqual([patients])
  })

  test('on each of several, and not on one that was signed out, here or from another device', async () => {
    const [first, second, third] = [holder.app, await anotherSession(), await anotherSession()]
    const endpoints = [invented(), invented(), invented()]
    for (const [at, person] of [first, second, third].entries())
      await subscribePush(person, { endpoint: endpoints[at] ?? '' })
    await asking(holder.id)
    await signOut(second)
    const sessions = await listSessions(third)
    await endOtherSession(first, sessions.find(({ current }) => current)?.id ?? '')
    await hospital.node.runJobs()
    await asking(holder.id)
    await hospital.node.runJobs()
    expect(pushes.map(({ endpoint }) => endpoint)).toEqual([endpoints[0], endpoints[0]])
    await unsubscribePush(first)
    await unsubscribePush(first)
    await asking(holder.id)
    await hospital.node.runJobs()
    expect(pushes).toHaveLength(2)
  })

  test('only when the transaction that has something to say commits', async () => {
    await subscribePush(holder.app, { endpoint: invented() })
    const { context } = hospital.node
    const undone = inTransaction(context.db, async (trx) => {
      await wakePatient(trx, context, holder.id)
      throw new Error('on second thoughts')
    })
    await expect(undone).rejects.toThrow('on second thoughts')
    await hospital.node.runJobs()
    expect(pushes).toEqual([])
    await inTransaction(context.db, (trx) => wakePatient(trx, context, holder.id))
    await hospital.node.runJobs()
    expect(pushes).toHaveLength(1)
  })
})

async function anotherSession() {
  const { context } = hospital.node
  const { token } = await inTransaction(context.db, (trx) =>
    startSession(trx, {
      ...{ account: holder.app.account.id, sealedDevice: null },
      ...{ now: context.clock(), config: context.config },
    }),
  )
  return { ...holder.app, api: holder.app.api.withToken(token) }
}

describe('what a push service answers', () => {
  test.each([404, 410])('%i: the subscription is gone', async (status) => {
    answer = () => status
    await subscribePush(holder.app, { endpoint: invented() })
    await asking(holder.id)
    await hospital.node.runJobs()
    expect(await subscriptions()).toEqual([])
  })

  test.each([429, 503])('%i: it is tried again later', async (status) => {
    answer = () => status
    await subscribePush(holder.app, { endpoint: invented() })
    await asking(holder.id)
    await hospital.node.runJobs()
    const { rows } = await hospital.node.context.pool.query(
      "select attempts, max_attempts from graphile_worker.jobs where task_identifier = 'push.send'",
    )
    expect(rows).toEqual([{ attempts: 1, max_attempts: 6 }])
    expect(await subscriptions()).toHaveLength(1)
    await hospital.node.context.pool.query(
      "select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs where task_identifier = 'push.send'",
    )
  })

  test('403: nothing more is tried, and nothing lost', async () => {
    answer = () => 403
    await subscribePush(holder.app, { endpoint: invented() })
    await asking(holder.id)
    await hospital.node.runJobs()
    await hospital.node.runJobs()
    expect(pushes).toHaveLength(1)
    expect(await subscriptions()).toHaveLength(1)
  })
})

describe('attacks on the node through a subscription', () => {
  const config = (services?: string[]) =>
    parseConfig({ origin: 'node.test/log', ...(services ? { push: { services } } : {}) })
  const isTaken = (endpoint: string, services?: string[]) => {
    try {
      checkEndpoint(endpoint, config(services))
      return true
    } catch (error) {
      if (!isCuroError(error, 'invalid-input')) throw error
      return false
    }
  }

  test('the push services of the known browsers are taken', () => {
    for (const endpoint of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://web.push.apple.com/abc',
      'https://wns2-par02p.notify.windows.com/w/?token=abc',
    ])
      expect([endpoint, isTaken(endpoint)]).toEqual([endpoint, true])
  })

  const LURES = [
    'https://evil.example/',
    'https://fcm.googleapis.com.evil.example/',
    'https://evilpush.apple.com/',
    'https://push.apple.com/',
    'https://fcm.googleapis.com@evil.example/',
    'https://user:word@fcm.googleapis.com/',
    'https://fcm.googleapis.com:8443/',
    'https://fcm.googleapis.com/#x',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://localhost/',
    'https://metadata/',
  ]
  test.each(LURES)('attack: the node is to call %s', async (endpoint) => {
    expect(isTaken(endpoint)).toBe(false)
    await expect(subscribePush(holder.app, { endpoint })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await subscriptions()).toEqual([])
  })

  test('attack: the node is to call without TLS, or something else than HTTP', async () => {
    for (const endpoint of ['http://fcm.googleapis.com/', 'file:///etc/passwd', 'gopher://x/', 'x'])
      await expect(subscribePush(holder.app, { endpoint })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a hospital that sends to any service still sends to names on the public internet only', () => {
    expect(isTaken('https://push.example/abc', ['*'])).toBe(true)
    for (const endpoint of LURES.slice(6))
      expect([endpoint, isTaken(endpoint, ['*'])]).toEqual([endpoint, false])
  })

  test('a subscription to a service that is no longer used is forgotten, not called', async () => {
    await subscribePush(holder.app, { endpoint: invented() })
    const { services } = hospital.node.context.config.push
    const before = services.splice(0)
    await asking(holder.id)
    await hospital.node.runJobs()
    services.push(...before)
    expect(pushes).toEqual([])
    expect(await subscriptions()).toEqual([])
  })

  test('private, local, mapped and reserved addresses are not public', () => {
    for (const address of [
      ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
      ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '203.0.113.9'],
      ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1'],
      ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '::127.0.0.1', 'localhost', ''],
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false])
    for (const address of ['8.8.8.8', '142.250.1.1', '172.32.0.1', '2a00:1450:4001::1', '2606:4700::1'])
      expect([address, isPublicAddress(address)]).toEqual([address, true])
  })

  test('a stolen database shows no endpoint', async () => {
    const endpoint = invented()
    await subscribePush(holder.app, { endpoint })
    const planted = endpoint.split('/').at(-1) ?? ''
    const [row] = await subscriptions()
    for (const bytes of [row?.endpoint, row?.endpoint_token])
      expect(bytes?.toString('latin1')).not.toContain(planted.slice(0, 20))
  })
})

test('a device that somebody else signs in on wakes for her, and for nobody else', async () => {
  const endpoint = invented()
  await subscribePush(holder.app, { endpoint })
  const other = await hospital.makeCardHolder()
  await subscribePush(other.app, { endpoint })
  await asking(holder.id)
  await hospital.node.runJobs()
  expect(pushes).toEqual([])
  await asking(other.id)
  await hospital.node.runJobs()
  expect(pushes).toHaveLength(1)
})

test('one device that subscribes many times at once is one subscription', async () => {
  const endpoint = invented()
  await Promise.all(Array.from({ length: 8 }, () => subscribePush(holder.app, { endpoint })))
  expect(await subscriptions()).toHaveLength(1)
  await Promise.all(Array.from({ length: 8 }, () => subscribePush(holder.app, { endpoint: invented() })))
  expect(await subscriptions()).toHaveLength(1)
})

test('the key stays, also where several processes find none at the same moment', async () => {
  const { dataFolder } = hospital.node.context.config
  const before = await loadVapidKey(dataFolder)
  expect(await loadVapidKey(dataFolder)).toEqual(before)
  await rm(`${dataFolder}/keys/vapid.key`)
  const made = await Promise.all(Array.from({ length: 6 }, () => loadVapidKey(dataFolder)))
  expect(new Set(made.map(({ publicKey }) => toBase64Url(publicKey))).size).toBe(1)
  expect(made[0]?.publicKey).not.toEqual(before.publicKey)
  expect((await readdir(`${dataFolder}/keys`)).filter((name) => name.includes('vapid'))).toEqual([
    'vapid.key',
  ])
})
