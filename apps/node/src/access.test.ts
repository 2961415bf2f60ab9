import { ROUTES } from '@curo/contract/api'
import { ROLES, type RouteDefinition } from '@curo/contract/route'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DOMAINS } from './domains.ts'
import { callRoute } from './testing/call.ts'
import { makeAccount, type TestAccount } from './testing/people.ts'
import { makeTestNode, type TestNode } from './testing/test-node.ts'

const OPERATOR_TOKEN = 'an operator token of more than 32 characters'
let node: TestNode
const people = new Map<string, TestAccount>()
beforeAll(async () => {
  node = await makeTestNode({ operator: { token: OPERATOR_TOKEN } })
  for (const role of ROLES) people.set(role, await makeAccount(node, { role }))
})
afterAll(() => node.stop())

/** With parameters that fit nothing: whoever is let in gets another answer than 401 or 403. */
const call = (route: RouteDefinition, options: { token?: string; headers?: Record<string, string> } = {}) => {
  const names = [...route.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '')
  const params = { ...Object.fromEntries(names.map((name) => [name, '-'])), '*': '0/000' }
  return callRoute(node.address, route, { params }, options)
}

test('every route of the contract has one handler, and no handler is without a route', () => {
  const handled = DOMAINS.flatMap((domain) => domain.handlers?.(node.context) ?? []).map(({ route }) => route)
  const names = (routes: readonly RouteDefinition[]) => routes.map((route) => route.name).sort()
  expect(names(handled)).toEqual(names(ROUTES.map(({ route }) => route)))
  for (const { route } of ROUTES) expect(handled).toContain(route)
})

test.each(ROUTES.map(({ route }) => ({ name: route.name, route })))(
  '$name lets in whom its access rule names, and nobody else',
  async ({ route }) => {
    const { access } = route
    if (access === 'public') {
      expect([401, 403]).not.toContain((await call(route)).status)
      return
    }
    if (access === 'operator') {
      const forwarded = { 'x-forwarded-for': '203.0.113.7' }
      expect((await call(route, { headers: forwarded })).status).toBe(403)
      expect((await call(route, { token: people.get('admin')?.token ?? '' })).status).toBe(403)
      expect([401, 403]).not.toContain((await call(route, { token: OPERATOR_TOKEN })).status)
      return
    }
    expect((await call(route)).status).toBe(401)
    expect((await call(route, { token: 'A'.repeat(43) })).status).toBe(401)
    for (const role of ROLES) {
      const { status, problem } = await call(route, { token: people.get(role)?.token ?? '' })
      const isNamed = access === 'signed-in' || access.includes(role)
      if (isNamed) expect([status, problem?.detail]).not.toEqual([403, 'Your role does not allow this.'])
      else expect([role, status, problem.detail]).toEqual([role, 403, 'Your role does not allow this.'])
      if (isNamed) expect(status).not.toBe(401)
    }
  },
)

test('attack: a clerk or an administrator reads a record', async () => {
  const readers = ROUTES.map(({ route }) => route).filter((route) => route.reads === 'records')
  expect(readers.length).toBeGreaterThan(3)
  for (const route of readers)
    for (const role of ['staff', 'admin', 'auditor'] as const) {
      const { status } = await call(route, { token: people.get(role)?.token ?? '' })
      expect([route.name, role, status]).toEqual([route.name, role, 403])
    }
})

test('nobody who is not active is let in anywhere, but to see that she waits and to sign out', async () => {
  const mayWait = ROUTES.map(({ route }) => route).filter((route) => route.waitingToo)
  expect(mayWait.map(({ name }) => name).sort()).toEqual([
    'addDocument',
    'dropDocument',
    'endSession',
    'getOwnAccount',
    'getSettings',
    'listOwnDocuments',
    'putSettings',
  ])
  for (const status of ['pending', 'rejected', 'suspended'] as const) {
    const { token } = await makeAccount(node, { role: 'doctor', status })
    for (const { route } of ROUTES)
      if (
        (Array.isArray(route.access) || route.access === 'signed-in') &&
        !(route.waitingToo && status === 'pending')
      )
        expect([route.name, (await call(route, { token })).status]).toEqual([route.name, 403])
  }
})

test('a route says no before it reads what was sent', async () => {
  const route = ROUTES.find(({ route }) => route.name === 'registerPatient')?.route as RouteDefinition
  const broken = await fetch(`${node.address}${route.path}`, {
    method: route.method,
    headers: { 'content-type': 'application/json' },
    body: '{ this is not JSON',
  })
  expect(broken.status).toBe(401)
})
