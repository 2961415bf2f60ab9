import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuseOtherKind, whileAlone } from './node-state.ts'
import { startNode } from './start.ts'
import { makeTestNode, type TestNode } from './testing/test-node.ts'

let node: TestNode
let training: TestNode
beforeAll(async () => {
  ;[node, training] = await Promise.all([makeTestNode(), makeTestNode({ training: true })])
})
afterAll(() => Promise.all([node.stop(), training.stop()]))

test('a real hospital is never turned into a training one or a demo, nor a training one into a real one', async () => {
  const { db } = node.context
  await refuseOtherKind(db, 'real')
  await expect(refuseOtherKind(db, 'training')).rejects.toMatchObject({
    message: expect.stringContaining('real hospital'),
  })
  await expect(refuseOtherKind(db, 'demo')).rejects.toThrow('real hospital')
  await refuseOtherKind(training.context.db, 'training')
  await expect(refuseOtherKind(training.context.db, 'real')).rejects.toThrow('training hospital')
})

test('setting training in the configuration of a real hospital keeps it from starting', async () => {
  const { dataFolder } = node.context.config
  const changed = startNode({
    dataFolder,
    training: true,
    port: 0,
    log: { level: 'silent' },
    jobs: { run: false },
    database: { url: node.databaseUrl },
  })
  await expect(changed).rejects.toThrow('real hospital')
})

test('a training hospital with a gateway for messages does not start: a number may be somebody’s', async () => {
  const { dataFolder } = node.context.config
  for (const gateway of [{ sms: { url: 'https://sms.example' } }, { mail: { url: 'smtp://mail.example' } }])
    await expect(startNode({ dataFolder, training: true, ...gateway })).rejects.toThrow('training hospital')
})

test('the node says what it is to whoever asks', async () => {
  const { getHospital } = await import('@curo/contract/hospital')
  expect((await training.call(getHospital)).body).toMatchObject({ training: true, demo: false })
  expect((await node.call(getHospital)).body).toMatchObject({ training: false, demo: false })
})

test('of two that want to complete a demo one does', async () => {
  const { pool } = node.context
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let began = () => {}
  const beginning = new Promise<void>((resolve) => {
    began = resolve
  })
  const first = whileAlone(pool, async () => {
    began()
    await held
    return 'first'
  })
  await beginning
  expect(await whileAlone(pool, async () => 'second')).toBeNull()
  release()
  expect(await first).toBe('first')
  expect(await whileAlone(pool, async () => 'third')).toBe('third')
})
