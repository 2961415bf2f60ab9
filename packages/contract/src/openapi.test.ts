import { expect, test } from 'vitest'
import { ROUTES } from './api.ts'
import { openApiDocument } from './openapi.ts'

test('every route has a name and a method with path of its own', () => {
  const names = ROUTES.map(({ route }) => route.name)
  const places = ROUTES.map(({ route }) => `${route.method} ${route.path}`)
  expect(new Set(names).size).toBe(ROUTES.length)
  expect(new Set(places).size).toBe(ROUTES.length)
  expect(ROUTES.length).toBeGreaterThan(40)
})

test('the OpenAPI document describes every route, with its parameters and who may call it', () => {
  const document = openApiDocument({ version: '0.0.0', server: 'http://localhost' }) as {
    paths: Record<
      string,
      Record<string, { operationId: string; parameters: { name: string }[]; security: unknown[] }>
    >
  }
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(operations.map((operation) => operation.operationId).sort()).toEqual(
    ROUTES.map(({ route }) => route.name).sort(),
  )
  const otp = document.paths['/v1/consents/requests/{request}/otp']?.post
  expect(otp?.parameters.map((parameter) => parameter.name)).toEqual(['request'])
  expect(otp?.security).toEqual([{ session: [] }])
})

/** The names of all members in a JSON schema, however deep. */
function memberNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(memberNames)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'properties'
      ? [...Object.keys(inner as object), ...Object.values(inner as object).flatMap(memberNames)]
      : memberNames(inner),
  )
}

test('no route takes or gives a person’s private key: the contract has no field for one', () => {
  const names = new Set(memberNames(openApiDocument({ version: '0.0.0', server: 'http://localhost' })))
  expect(names).toContain('wrappedRoot')
  const forbidden = [...names].filter((name) =>
    /password|private|secret|lookupkey|dek$|seed|^root[kK]ey/i.test(name),
  )
  expect(forbidden).toEqual([])
})

test('nothing that names a person stands in an address, which servers and proxies write down', () => {
  const document = openApiDocument({ version: '0.0.0', server: 'http://localhost' }) as {
    paths: Record<string, Record<string, { parameters: { name: string }[] }>>
  }
  const names = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ parameters }) => parameters.map(({ name }) => name))
  expect(names).toContain('after')
  const forbidden = /search|name$|card|contact|phone|email|birth|number|address|reason|code|token/i
  expect(names.filter((name) => forbidden.test(name))).toEqual([])
})
