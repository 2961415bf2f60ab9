import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { utf8Bytes } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { originHash } from '@curo/ledger/add-checkpoint'
import { encodeEntry } from '@curo/ledger/entries'
import { quorumPolicy } from '@curo/ledger/policy'
import { formatPolicy } from '@curo/ledger/policy-file'
import { appendEntries, EMPTY_EDGE } from '@curo/ledger/tile-log'
import { afterEach, expect, test } from 'vitest'
import { cosignerKey } from '../network/cosigner-keys.ts'
import { replacePolicy } from '../network/policy-store.ts'
import { makeLogger } from '../observability.ts'
import { readHead } from './head.ts'
import { Recovery } from './recovery.ts'
import { type BareLog, makeBareLog } from './testing/bare-log.ts'
import { meetPatients, sampleEvent } from './testing/sample-events.ts'
import { TileFolder } from './tile-folder.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** What a mirror serves, by path. */
type Files = Map<string, Uint8Array>

const KNOWN = 300
const FORGOTTEN = 420
const inventEntry = () => encodeEntry({ class: 'patient', tag: randomBytes(16), commitment: randomBytes(32) })
const inventEntries = (count: number) => Array.from({ length: count }, inventEntry)

/** A log of 300 entries that has forgotten 420 more, and its own 300. */
async function forgetful(): Promise<{ log: BareLog; own: Uint8Array[] }> {
  const log = await makeBareLog()
  cleanups.push(() => log.drop())
  const [patient] = await meetPatients(log, 1)
  if (!patient) throw new Error('no patient')
  await log.ledger.submitAlone(Array.from({ length: KNOWN }, () => sampleEvent(patient.patient)))
  await (await log.takeOver()).round()
  const { rows } = await log.pool.query<{ entry: Buffer }>(
    'SELECT entry FROM ledger_entries ORDER BY leaf_index',
  )
  return { log, own: rows.map(({ entry }) => entry) }
}

/** Everything that a log of these entries consists of, signed by this log's key. */
async function signedLog({ origin, sign }: BareLog, entries: Uint8Array[]): Promise<Files> {
  const { size, root, tiles } = appendEntries({ edge: EMPTY_EDGE, entries })
  const files: Files = new Map(tiles.map(({ path, bytes }) => [path, bytes]))
  return files.set('checkpoint', utf8Bytes(await sign({ origin, size, root })))
}

async function serve({ origin }: BareLog, files: Files): Promise<string> {
  const server = createServer((request, response) => {
    const found = files.get((request.url ?? '').replace(`/mirror/${originHash(origin)}/`, ''))
    response.writeHead(found ? 200 : 404).end(found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/witness`
}

/** Catches up from these mirrors, asked in this order where they are of one length. */
async function catchUp(log: BareLog, mirrors: readonly Files[]): Promise<number> {
  const witnesses = await Promise.all(
    mirrors.map(async (files, at) => ({
      key: (await cosignerKey({ origin: `h${at}.test/log`, role: 'witness', seed: randomBytes(32) })).key,
      url: await serve(log, files),
    })),
  )
  const policy = quorumPolicy({ logs: [], witnesses, threshold: 1 })
  await replacePolicy(log.pool, { text: formatPolicy(policy), ownKeys: [] })
  const executor = await log.pool.connect()
  try {
    const { key: logKey, dataKey, folder } = log
    return await new Recovery({
      executor,
      folder: new TileFolder(folder),
      logKey,
      dataKey,
      log: makeLogger({ level: 'silent' }),
    }).catchUp()
  } finally {
    executor.release(true)
  }
}

const expectSound = async (log: BareLog, size: number) =>
  expect(await log.verify()).toMatchObject({ size, faults: [] })

/** The same checkpoint and hashes over entries that do not lead to them. */
const withOtherEntries = (files: Files): Files =>
  new Map(
    [...files].map(([path, bytes]) => {
      const changed = Uint8Array.from(bytes)
      if (path.startsWith('tile/entries/')) changed[30] = (changed[30] ?? 0) ^ 1
      return [path, changed]
    }),
  )

const without = (files: Files, start: string): Files =>
  new Map([...files].filter(([path]) => !path.startsWith(start)))

test('attack: a mirror shows other entries under the true checkpoint; the honest one is believed', async () => {
  const { log, own } = await forgetful()
  const true_ = await signedLog(log, [...own, ...inventEntries(FORGOTTEN)])
  expect(await catchUp(log, [withOtherEntries(true_), true_])).toBe(FORGOTTEN)
  expect((await readHead(log.pool))?.size).toBe(KNOWN + FORGOTTEN)
  await expectSound(log, KNOWN + FORGOTTEN)
})

test('attack: mirrors that lie or withhold neither stop a log nor leave a trace in it', async () => {
  const { log, own } = await forgetful()
  const true_ = await signedLog(log, [...own, ...inventEntries(FORGOTTEN)])
  const liars = [withOtherEntries(true_), without(true_, 'tile/entries/'), without(true_, 'tile/')]
  expect(await catchUp(log, liars)).toBe(0)
  expect((await readHead(log.pool))?.size).toBe(KNOWN)
  await expectSound(log, KNOWN)
})

test('a shorter mirror serves where a longer one withholds', async () => {
  const { log, own } = await forgetful()
  const forgotten = inventEntries(FORGOTTEN)
  const longer = await signedLog(log, [...own, ...forgotten])
  const shorter = await signedLog(log, [...own, ...forgotten.slice(0, 7)])
  expect(await catchUp(log, [without(longer, 'tile/entries/'), shorter])).toBe(7)
  await expectSound(log, KNOWN + 7)
})

test('a mirror that proves another signed history of the log is a fork', async () => {
  const { log } = await forgetful()
  const other = await signedLog(log, inventEntries(KNOWN + FORGOTTEN))
  await expect(catchUp(log, [other])).rejects.toMatchObject({ code: 'ledger-fork' })
  await expectSound(log, KNOWN)
})
