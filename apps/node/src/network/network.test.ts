import { getCheckpoint, getLedger, getProof } from '@curo/contract/ledger'
import { getWitnessed } from '@curo/contract/network'
import { utf8Text } from '@curo/crypto/bytes'
import { originHash } from '@curo/ledger/add-checkpoint'
import { evaluatePolicy } from '@curo/ledger/policy'
import { parsePolicy } from '@curo/ledger/policy-file'
import { verifyTlogProof } from '@curo/ledger/tlog-proof'
import { expect, onTestFinished, test, vi } from 'vitest'
import { untilLogHas } from '../ledger/testing/sample-events.ts'
import { TileFolder } from '../ledger/tile-folder.ts'
import { makeTestNode } from '../testing/test-node.ts'
import { append, makeRegionOfTest } from './testing/region.ts'

const text = (body: unknown) => utf8Text(body as Uint8Array)

test('an entry becomes final once a quorum of the other hospitals has cosigned it, provable offline', async () => {
  const [own, ...others] = await makeRegionOfTest(4, 3)
  if (!own) throw new Error('no node')
  const [receipt] = await append(own, 3)
  await untilLogHas(own.context, 'finalSize', 3)
  const status = await own.call(getLedger)
  expect(status.body).toMatchObject({ size: 3, finalSize: 3, readOnly: false })
  const policy = parsePolicy(status.body.policy ?? '')
  const checkpoint = await own.call(getCheckpoint)
  expect((await evaluatePolicy({ policy, note: text(checkpoint.body) })).quorum).toBe(true)

  const proof = await own.call(getProof, { params: { index: 0 } })
  const leafHash = Buffer.from(receipt?.leaf ?? '', 'base64url')
  const verdict = await verifyTlogProof({ file: text(proof.body), leafHash, policy })
  expect(verdict.cosignatures.length).toBeGreaterThanOrEqual(3)
  expect((proof.body as unknown as Uint8Array).length).toBeLessThan(2048)

  for (const other of others) {
    const seen = await other.call(getWitnessed, { params: { log: originHash('h0.test/log') } })
    expect(text(seen.body).split('\n').slice(0, 2)).toEqual(['h0.test/log', '3'])
  }
})

test('a node without a policy is alone: published, never final', async () => {
  const node = await makeTestNode()
  onTestFinished(() => node.stop())
  await append(node)
  await untilLogHas(node.context, 'publishedSize', 1)
  expect((await node.call(getLedger)).body).toMatchObject({ finalSize: 0, policy: null, witnesses: [] })
})

test('whoever hears that a size is final finds its cosignatures in the checkpoint, however slow the disk', async () => {
  const [own] = await makeRegionOfTest(2, 1)
  if (!own) throw new Error('no node')
  const { writeCheckpoint } = TileFolder.prototype
  const slowDisk = vi.spyOn(TileFolder.prototype, 'writeCheckpoint')
  onTestFinished(() => slowDisk.mockRestore())
  slowDisk.mockImplementation(async function (this: TileFolder, checkpoint) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    await writeCheckpoint.call(this, checkpoint)
  })
  await append(own)
  await untilLogHas(own.context, 'finalSize', 1)
  const policy = parsePolicy((await own.call(getLedger)).body.policy ?? '')
  const checkpoint = await own.call(getCheckpoint)
  expect(await evaluatePolicy({ policy, note: text(checkpoint.body) })).toMatchObject({ quorum: true })
})
