import { endSession, listAccounts } from '@curo/contract/accounts'
import { getHospital, hospitalInfo } from '@curo/contract/hospital'
import { getCheckpoint } from '@curo/contract/ledger'
import { putRecords, readOwnContent } from '@curo/contract/records'
import { putUploadPart } from '@curo/contract/vault'
import { describe, expect, test, vi } from 'vitest'
import { makeApi } from './api.ts'
import { fakeFetch } from './testing/fake-fetch.ts'

const HOSPITAL = {
  name: 'Test',
  origin: 'node.test/log',
  homeNode: 'https://node.test',
  nodeKey: 'A'.repeat(43),
  logKey: 'node.test/log+00000000+AAAA',
  demo: false,
  ready: true,
  version: '1',
}
const ID = `${'A'.repeat(21)}g`

function apiOver(routes: Parameters<typeof fakeFetch>[0]) {
  const fetch = fakeFetch(routes)
  return { api: makeApi({ node: 'https://node.test/', token: 'secret', fetch }), fetch }
}

describe('a call', () => {
  test('sends token, query and path, and parses the answer', async () => {
    const { api, fetch } = apiOver({
      'GET /v1/accounts': () => ({ json: { accounts: [], next: null, more: 'ignored' } }),
      'DELETE /v1/sessions/*': () => ({}),
    })
    const page = await api.call(listAccounts, { query: { status: 'pending', role: undefined } })
    expect(page).toEqual({ accounts: [], next: null })
    expect(await api.call(endSession, { params: { session: 'current' } })).toBeUndefined()
    const [first, second] = fetch.requests
    expect(first?.headers.get('authorization')).toBe('Bearer secret')
    expect(first?.query.toString()).toBe('status=pending')
    expect(second?.path).toBe('/v1/sessions/current')
  })

  test('escapes what stands in a path', async () => {
    const { api, fetch } = apiOver({})
    await api.call(endSession, { params: { session: '../../log/checkpoint' } }).catch(() => {})
    expect(fetch.requests[0]?.path).toBe('/v1/sessions/..%2F..%2Flog%2Fcheckpoint')
  })

  test('sends bytes as they are and gives text and bytes back', async () => {
    const { api, fetch } = apiOver({
      'PUT /v1/uploads/*/parts/0': () => ({ json: { part: 0, bytes: 3 } }),
      'GET /log/checkpoint': () => ({ bytes: new TextEncoder().encode('origin\n1\n') }),
      'GET /v1/records/*/content': () => ({ bytes: Uint8Array.of(1, 2) }),
    })
    await api.call(putUploadPart, { params: { upload: ID, part: 0 }, body: Uint8Array.of(1, 2, 3) })
    expect(fetch.requests[0]?.headers.get('content-type')).toBe('application/octet-stream')
    expect(fetch.requests[0]?.body).toEqual(Uint8Array.of(1, 2, 3))
    expect(await api.call(getCheckpoint, {})).toBe('origin\n1\n')
    expect(await api.call(readOwnContent, { params: { record: ID } })).toEqual(Uint8Array.of(1, 2))
    const pieces: Uint8Array[] = []
    const { bytes } = await api.stream(readOwnContent, { params: { record: ID } })
    for await (const piece of bytes) pieces.push(piece)
    expect(pieces).toEqual([Uint8Array.of(1, 2)])
  })

  test('turns a problem into a CuroError with its code and sentence', async () => {
    const { api } = apiOver({
      'GET /v1/hospital': () => ({
        status: 403,
        json: { title: 'Forbidden', status: 403, code: 'expired', detail: 'Ask again.' },
      }),
    })
    await expect(api.call(getHospital, {})).rejects.toMatchObject({
      code: 'expired',
      message: 'Ask again.',
      details: { status: 403, route: 'getHospital' },
    })
  })

  test('gives an error without problem details the code of its status', async () => {
    const { api } = apiOver({ 'GET /v1/hospital': () => ({ status: 404, json: [1] }) })
    await expect(api.call(getHospital, {})).rejects.toMatchObject({ code: 'not-found' })
  })

  test('refuses an answer that breaks the contract', async () => {
    const { api } = apiOver({ 'GET /v1/hospital': () => ({ json: { ...HOSPITAL, nodeKey: 'short' } }) })
    await expect(api.call(getHospital, {})).rejects.toMatchObject({ code: 'malformed' })
    const garbage = apiOver({ 'GET /v1/hospital': () => ({ bytes: Uint8Array.of(0xff, 0xfe) }) })
    await expect(garbage.api.call(getHospital, {})).rejects.toMatchObject({ code: 'malformed' })
  })

  test('never follows a redirect, which could lead the token elsewhere', async () => {
    const seen: RequestInit[] = []
    const api = makeApi({
      node: 'https://node.test',
      fetch: async (_, init) => {
        seen.push(init)
        return Response.json(HOSPITAL)
      },
    })
    await api.call(getHospital, {})
    expect(seen[0]?.redirect).toBe('error')
  })
})

describe('a call that fails', () => {
  test('is repeated where that is harmless, and only so often', async () => {
    vi.useFakeTimers()
    try {
      let calls = 0
      const { api } = apiOver({
        'GET /v1/hospital': () => {
          calls++
          return calls < 3 ? { status: 503, json: {} } : { json: HOSPITAL }
        },
        'DELETE /v1/sessions/current': () => {
          calls++
          return { status: 503, json: {} }
        },
      })
      const answered = api.call(getHospital, {})
      await vi.runAllTimersAsync()
      expect(await answered).toEqual(hospitalInfo.parse(HOSPITAL))
      expect(calls).toBe(3)
      calls = 0
      const refused = expect(api.call(endSession, { params: { session: 'current' } })).rejects.toMatchObject({
        code: 'unavailable',
      })
      await vi.runAllTimersAsync()
      await refused
      expect(calls).toBe(4)
    } finally {
      vi.useRealTimers()
    }
  })

  test('is not repeated when it might be carried out twice', async () => {
    let calls = 0
    const api = makeApi({
      node: 'https://node.test',
      fetch: async () => {
        calls++
        throw new TypeError('connection reset')
      },
    })
    const body = { patient: ID, authority: { by: 'self' as const }, records: [] }
    await expect(api.call(putRecords, { body })).rejects.toMatchObject({
      code: 'unavailable',
      details: { network: true },
    })
    expect(calls).toBe(1)
  })

  test('stops at once when it is aborted, with the reason given', async () => {
    const controller = new AbortController()
    const api = makeApi({
      node: 'https://node.test',
      fetch: (_, init) =>
        new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        }),
    })
    const call = api.call(getHospital, {}, { signal: controller.signal })
    const reason = new Error('the user went away')
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
  })

  test('gives up on a node that takes the call and never answers', async () => {
    const api = makeApi({
      node: 'https://node.test',
      fetch: (_, init) =>
        new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        }),
    })
    await expect(api.call(getHospital, {}, { timeoutMs: 10, repeatable: false })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

test('an address that is none is refused', () => {
  expect(() => makeApi({ node: 'ftp://node.test' })).toThrow(/https/)
  expect(() => makeApi({ node: 'node' })).toThrow(/address/)
})
