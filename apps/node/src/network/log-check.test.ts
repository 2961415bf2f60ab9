import { type Connection, connect } from '@curo/client/connection'
import { checkCheckpoint, checkWholeLog } from '@curo/client/log-check'
import { expect, onTestFinished, test } from 'vitest'
import { untilLogHas } from '../ledger/testing/sample-events.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'
import { append, makeRegionOfTest } from './testing/region.ts'

test('an administrator sees the checkpoint with who cosigned it and when, and verifies the whole log', async () => {
  const nodes = await makeRegionOfTest(4, 3)
  const [own] = nodes as [TestNode]
  await append(own, 300)
  await untilLogHas(own.context, 'finalSize', 300)
  const connection = await connect({ node: own.address })
  const checked = await checkCheckpoint(connection)
  expect(checked).toMatchObject({ origin: 'h0.test/log', size: 300, quorum: true, unknown: 0 })
  expect(checked.cosignatures.length + checked.missing.length).toBe(3)
  for (const { witness, at } of checked.cosignatures) {
    expect(witness).toMatch(/^h[123]\.test/)
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
  }
  const progress: number[] = []
  const report = await checkWholeLog(connection, { onProgress: (done) => progress.push(done) })
  expect(report).toMatchObject({ sound: true, size: 300, faults: [] })
  expect(report.classes.patient).toBe(300)
  expect(progress.at(-1)).toBe(300)
})

test('a log that was altered on disk is found, and so is a log key that was exchanged', async () => {
  const node = await makeTestNode()
  onTestFinished(() => node.stop())
  await append(node, 10)
  await untilLogHas(node.context, 'publishedSize', 10)
  const connection = await connect({ node: node.address })
  expect(await checkCheckpoint(connection)).toMatchObject({ quorum: true, quorumAt: null, cosignatures: [] })
  const lying: Connection = {
    ...connection,
    api: {
      ...connection.api,
      file: async (path, options) => {
        const bytes = await connection.api.file(path, options)
        if (path.includes('/entries/')) bytes[40] = (bytes[40] ?? 0) ^ 1
        return bytes
      },
    },
  }
  const report = await checkWholeLog(lying)
  expect(report.sound).toBe(false)
  expect(report.faults.map(({ kind }) => kind)).toContain('altered')
  const other = await makeTestNode()
  onTestFinished(() => other.stop())
  const exchanged = { ...connection, hospital: (await connect({ node: other.address })).hospital }
  await expect(checkCheckpoint(exchanged)).rejects.toMatchObject({ code: 'forged-signature' })
})
