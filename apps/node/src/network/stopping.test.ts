import { Agent, request } from 'node:http'
import { defineRoute } from '@curo/contract/route'
import { expect, test } from 'vitest'
import { handle } from '../http.ts'
import { makeTestNode } from '../testing/test-node.ts'

test('a node stops at once although another keeps its connection open after the last answer', async () => {
  let arrived = () => {}
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve
  })
  let answer = () => {}
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve
  })
  const slow = defineRoute({ name: 'slow', method: 'GET', path: '/slow', summary: 'Slow', access: 'public' })
  const handlers = () => [
    handle(slow, async () => {
      arrived()
      await mayAnswer
    }),
  ]
  const node = await makeTestNode({ domains: [{ handlers }] })
  const agent = new Agent({ keepAlive: true })
  const answered = new Promise<void>((resolve, reject) => {
    request(`${node.address}/slow`, { agent }, (response) => response.resume().once('end', resolve))
      .once('error', reject)
      .end()
  })
  await hasArrived
  const startedAt = Date.now()
  const stopped = node.stop()
  answer()
  await answered
  await stopped
  // Node would keep the idle connection for 72 s, and a step of stopping is given up after 30.
  expect(Date.now() - startedAt).toBeLessThan(15_000)
  agent.destroy()
})
