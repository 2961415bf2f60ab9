import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getHospitalProfile, putHospitalProfile } from '@curo/contract/hospital'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { OutboxMessage } from '../context.ts'
import { inTransaction } from '../database.ts'
import { makeAccount } from '../testing/people.ts'
import { makeTestNode, type TestNode, type TestNodeOptions } from '../testing/test-node.ts'
import { languageOf } from './languages.ts'
import { requeueForgotten } from './outbox.ts'
import { renderTemplate, TEMPLATES } from './templates.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function startNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const node = await makeTestNode(options)
  cleanups.push(() => node.stop())
  return node
}

const code: OutboxMessage = {
  to: '+919812345678',
  channel: 'sms',
  template: 'activation-otp',
  values: { code: '402918', hospital: 'Asha Hospital' },
}
const mail: OutboxMessage = {
  to: 'meera.pillai@patients.example',
  channel: 'email',
  template: 'account-approved',
  values: { hospital: 'Asha Hospital' },
}
const enqueue = ({ context }: TestNode, message: OutboxMessage) =>
  inTransaction(context.db, (trx) => context.outbox.enqueue(trx, message))
const states = async ({ context }: TestNode) =>
  (
    await context.db.selectFrom('outbox').select(['state', 'last_fault', 'sealed']).orderBy('no').execute()
  ).map(({ state, last_fault: fault, sealed }) => ({ state, fault, wiped: sealed === null }))

test('by default a message becomes a file that only the operator can read, and its row is wiped', async () => {
  const node = await startNode()
  await enqueue(node, code)
  await node.runJobs()
  const folder = join(node.context.config.dataFolder, 'outbox')
  const [name] = await readdir(folder)
  expect(name).toMatch(/^\d{8}T\d{9}Z-1-sms\.json$/)
  const path = join(folder, name ?? '')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const content = JSON.parse(await readFile(path, 'utf8'))
  expect(content).toMatchObject({ to: code.to })
  expect(content.text).toContain('402918')
  expect(await states(node)).toEqual([{ state: 'delivered', fault: null, wiped: true }])
})

test('a message of a transaction that is rolled back is never sent', async () => {
  const node = await startNode()
  const failing = inTransaction(node.context.db, async (trx) => {
    await node.context.outbox.enqueue(trx, code)
    throw new Error('the business change failed')
  })
  await expect(failing).rejects.toThrow()
  await node.runJobs()
  expect(await states(node)).toEqual([])
  await expect(readdir(join(node.context.config.dataFolder, 'outbox'))).rejects.toThrow()
})

test('neither the outbox, the job queue nor the log shows who gets which code', async () => {
  const logLines: string[] = []
  const node = await startNode({ logLines, sms: { url: 'http://127.0.0.1:9/' } })
  await enqueue(node, code)
  const read = async (table: string) =>
    (await node.context.pool.query(`SELECT t::text AS text FROM ${table} t`)).rows
      .map(({ text }) => text)
      .join()
  const dump = (await read('outbox')) + (await read('graphile_worker._private_jobs'))
  await node.runJobs()
  expect(dump).toContain('activation-otp')
  for (const secret of ['402918', '9812345678', Buffer.from('402918').toString('hex')])
    expect(dump + logLines.join()).not.toContain(secret)
})

test('a code that nobody can use any more is not sent', async () => {
  const node = await startNode()
  await enqueue(node, code)
  node.clock.advance(6 * 60_000)
  await node.runJobs()
  expect(await states(node)).toEqual([{ state: 'expired', fault: null, wiped: true }])
})

test('an e-mail goes out by SMTP, and a name cannot add a header or another recipient', async () => {
  const received: { to: string[]; raw: string }[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = ''
      stream.on('data', (part) => {
        raw += part
      })
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
  const { port } = smtp.server.address() as AddressInfo
  const node = await startNode({ mail: { url: `smtp://127.0.0.1:${port}`, from: 'node@asha.example' } })
  await enqueue(node, {
    ...mail,
    values: { ...mail.values, hospital: 'Asha\r\nBcc: thief@evil.example\r\n' },
  })
  await node.runJobs()
  expect(received.map(({ to }) => to)).toEqual([[mail.to]])
  const parsed = await simpleParser(received[0]?.raw ?? '')
  expect(parsed.subject).toBe('Your registration at Asha Bcc: thief@evil.example')
  expect(parsed.bcc).toBeUndefined()
  expect(parsed.from?.text).toBe('node@asha.example')
  expect(await states(node)).toEqual([{ state: 'delivered', fault: null, wiped: true }])
})

test('a mail server that refuses is tried again, and a message is given up after a bounded number of tries', async () => {
  let tries = 0
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      tries++
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
  const { port } = smtp.server.address() as AddressInfo
  const node = await startNode({ mail: { url: `smtp://127.0.0.1:${port}` } })
  await enqueue(node, mail)
  await node.runJobs()
  expect(await states(node)).toEqual([{ state: 'waiting', fault: 'unavailable', wiped: false }])
  for (let round = 0; round < 20; round++) {
    await node.context.pool.query('UPDATE graphile_worker._private_jobs SET run_at = now()')
    await node.runJobs()
  }
  expect(tries).toBe(10)
  expect(await states(node)).toEqual([{ state: 'failed', fault: 'unavailable', wiped: true }])
})

describe('a message whose job is gone', () => {
  const requeue = ({ context }: TestNode) =>
    requeueForgotten(context, new Date(context.clock().getTime() + 1000))
  const jobs = 'graphile_worker._private_jobs'

  test('gets another, once, and is delivered', async () => {
    const node = await startNode()
    await enqueue(node, code)
    await node.context.pool.query(`DELETE FROM ${jobs}`)
    await node.runJobs()
    expect(await states(node)).toMatchObject([{ state: 'waiting' }])
    await requeue(node)
    await requeue(node)
    expect((await node.context.pool.query(`SELECT FROM ${jobs}`)).rowCount).toBe(1)
    await node.runJobs()
    expect(await states(node)).toMatchObject([{ state: 'delivered' }])
  })

  test('bug: a process killed while it handed a code over kept it back for four hours', async () => {
    const node = await startNode()
    await enqueue(node, code)
    const lockedFor = (time: string) =>
      node.context.pool.query(`UPDATE ${jobs} SET locked_by = 'worker-that-died', attempts = 1,
        locked_at = now() - interval '${time}' WHERE key IS NOT NULL`)
    await lockedFor('1 minute')
    await requeue(node)
    await node.runJobs()
    // Perhaps it lives, and is only slow.
    expect(await states(node)).toMatchObject([{ state: 'waiting' }])
    await lockedFor('3 minutes')
    await requeue(node)
    await node.runJobs()
    expect(await states(node)).toMatchObject([{ state: 'delivered' }])
  })
})

type Taken = { headers: IncomingHttpHeaders; body: string }

async function smsService(status = 201): Promise<{ url: string; taken: Taken[] }> {
  const taken: Taken[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      taken.push({ headers: request.headers, body })
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/Messages`, taken }
}

test('a text message goes to an HTTP service as a form', async () => {
  const { url, taken } = await smsService()
  const node = await startNode({ sms: { url, from: 'ASHA', user: 'account', token: 'a-token' } })
  await enqueue(node, code)
  await node.runJobs()
  const [request] = taken
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('account:a-token').toString('base64')}`)
  const fields = new URLSearchParams(request?.body)
  expect(fields.get('To')).toBe(code.to)
  expect(fields.get('From')).toBe('ASHA')
  expect(fields.get('Body')).toContain('402918')
})

test('a text message goes to an HTTP service as JSON under the names it asks for', async () => {
  const { url, taken } = await smsService()
  const node = await startNode({
    sms: { url, style: 'json', token: 't', toField: 'mobile', textField: 'message' },
  })
  await enqueue(node, code)
  await node.runJobs()
  expect(JSON.parse(taken[0]?.body ?? '')).toMatchObject({ mobile: code.to })
  expect(taken[0]?.headers.authorization).toBe('Bearer t')
})

test('an SMS service that redirects does not get the code sent elsewhere', async () => {
  const { url } = await smsService(302)
  const node = await startNode({ sms: { url } })
  await enqueue(node, code)
  await node.runJobs()
  expect(await states(node)).toEqual([{ state: 'waiting', fault: 'unavailable', wiped: false }])
})

test('a template that does not exist, or lacks a value, fails when it is enqueued', () => {
  const reader = { language: 'en' as const, timeZone: 'Asia/Kolkata' }
  expect(() => renderTemplate('constructor', {}, reader)).toThrow('no message template')
  expect(() => renderTemplate('activation-otp', { code: 1 }, reader)).toThrow('needs a value hospital')
})

const names = (text: string) => [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name).sort()

test.each(Object.entries(TEMPLATES))(
  '%s says the same in Hindi as in English',
  (_name, { subject, text }) => {
    for (const part of [subject, text]) {
      expect(part.hi).toMatch(/[\u0900-\u097f]{3}/)
      expect(part.en).not.toMatch(/[\u0900-\u097f]/)
      expect(names(part.hi)).toEqual(names(part.en))
    }
  },
)

test('a message is in the language of who reads it, with times by the hospital’s clock', () => {
  const at = new Date('2026-03-01T20:15:00.000Z')
  const values = { doctor: 'Dr. Rao', second: 'Dr. Sen', hospital: 'Asha', at }
  const read = (language: 'en' | 'hi', timeZone: string) =>
    renderTemplate('emergency-opened', values, { language, timeZone }).text
  expect(read('en', 'Asia/Kolkata')).toMatch(/2 Mar 2026, 1:45\sam/)
  expect(read('hi', 'Asia/Kolkata')).toContain('2 मार्च 2026')
  expect(read('en', 'UTC')).toMatch(/1 Mar 2026, 8:15\spm/)
})

test.each([
  ['hi', 'hi'],
  ['Hindi', 'hi'],
  ['हिन्दी', 'hi'],
  ['hi-IN', 'hi'],
  ['English', 'en'],
  [' en ', 'en'],
  ['Tamil', undefined],
  ['', undefined],
  [undefined, undefined],
])('a desk writes %o and Curo writes in %o', (written, language) => {
  expect(languageOf(written)).toBe(language)
})

test('a patient who speaks Hindi gets Hindi; everyone else the hospital’s first language, and its name', async () => {
  const node = await startNode()
  const admin = await makeAccount(node, { role: 'admin' })
  const { profile } = (await node.call(getHospitalProfile)).body
  const renamed = { ...profile, name: 'आशा अस्पताल', languages: ['hi' as const, 'en' as const] }
  await node.call(putHospitalProfile, { body: { profile: renamed, revision: 0 } }, admin)
  const send = (language?: 'en' | 'hi') =>
    enqueue(node, { to: code.to, channel: 'sms', template: 'phone-changed', values: {}, language })
  await send()
  await send('en')
  await node.runJobs()
  const folder = join(node.context.config.dataFolder, 'outbox')
  const texts = await Promise.all(
    (await readdir(folder))
      .sort()
      .map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')).text),
  )
  expect(texts.sort()).toEqual([
    expect.stringMatching(/^आशा अस्पताल has another/),
    expect.stringMatching(/^आशा अस्पताल के पास/),
  ])
})
