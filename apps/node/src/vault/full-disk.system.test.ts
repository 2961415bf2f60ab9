import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getStorage } from '@curo/client/audit'
import { readOwnRecords } from '@curo/client/own-records'
import { collectBytes } from '@curo/client/record-content'
import { sealAndPutRecords } from '@curo/client/records'
import { getUpload, PART_BYTES, putUploadPart, startUpload } from '@curo/contract/vault'
import { equalBytes } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { expect, test } from 'vitest'
import { inventRecord, makeHospital } from '../testing/hospital.ts'
import { mountTinyDisk } from '../testing/tiny-disk.ts'

test('a full disk says storage-full, loses nothing, and an upload goes on when there is room', async ({
  skip,
}) => {
  const disk = mountTinyDisk(64)
  if (!disk) return skip('this user may not mount a file system')
  const buckets = [1, 2, 3, 4, 5, 6].map((number) => ({
    kind: 'folder' as const,
    path: join(disk.path, String(number)),
  }))
  const hospital = await makeHospital({ vault: { buckets } })
  try {
    const holder = await hospital.makeCardHolder()
    const token = { token: hospital.doctor.api.token ?? '' }
    const kept = randomBytes(3_000_000)
    await hospital.store(holder, [{ content: kept }])

    const filler = join(disk.path, 'filler')
    await writeFile(filler, randomBytes(30 * 2 ** 20))
    const parts = 5
    const { upload } = (
      await hospital.node.call(startUpload, { body: { sealedSize: parts * PART_BYTES } }, token)
    ).body
    const content = Array.from({ length: parts }, () => randomBytes(PART_BYTES))
    const put = (part: number) =>
      hospital.node.call(
        putUploadPart,
        { params: { upload, part }, body: content[part] ?? new Uint8Array(0) },
        token,
      )
    const durable: number[] = []
    let full: Awaited<ReturnType<typeof put>> | undefined
    for (let part = 0; part < parts && !full; part++) {
      const answer = await put(part)
      if (answer.status === 200) durable.push(part)
      else full = answer
    }
    expect([full?.status, full?.problem.code]).toEqual([507, 'storage-full'])
    expect(durable.length).toBeGreaterThan(0)
    await truncate(filler, 0)
    await rm(filler)
    // What did not fit left nothing behind that would keep the space.
    const state = await hospital.node.call(getUpload, { params: { upload } }, token)
    expect(state.body.parts).toEqual(durable)

    await writeFile(filler, randomBytes(2 ** 20))
    const [again] = [durable.length]
    expect((await put(again)).status).toBe(200)
    const read = await readOwnRecords(holder.app).next()
    if (read.done || read.value.fault) throw new Error('the record that was stored before is gone')
    expect(equalBytes(await collectBytes(read.value.read(), 1e9), kept)).toBe(true)

    // The disk is so full that not a byte goes in: the buckets say so, and a record is refused whole.
    await fillUp(filler)
    const { buckets: shown } = await getStorage(hospital.admin)
    expect(new Set(shown.map((bucket) => bucket.state))).toEqual(new Set(['full']))
    const sealing = await hospital.sealingFor(hospital.doctor, holder)
    const refused = sealAndPutRecords(sealing, {
      authority: { by: 'card', card: holder.card },
      records: [inventRecord({ content: randomBytes(500_000) })],
    })
    await expect(refused).rejects.toMatchObject({ code: 'storage-full' })
    // What is small needs no bucket.
    await hospital.store(holder, [{}])
    await rm(filler)
    await hospital.store(holder, [{ content: randomBytes(500_000) }])
    expect(await countRecords()).toBe(3)
  } finally {
    await hospital.stop()
    disk.remove()
  }

  async function countRecords() {
    const rows = await hospital.node.context.db.selectFrom('records').select('id').execute()
    return rows.length
  }
})

async function fillUp(path: string): Promise<void> {
  for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 4))
    for (;;) {
      try {
        await writeFile(path, new Uint8Array(size), { flag: 'a' })
      } catch {
        break
      }
    }
}
