import { ROUTES } from '@curo/contract/api'
import { ROLES, type RouteDefinition } from '@curo/contract/route'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { makeAccount, type TestAccount } from './testing/people.ts'
import { makeTestNode, type TestNode } from './testing/test-node.ts'

let node: TestNode
const people = new Map<string, TestAccount>()
const logLines: string[] = []
beforeAll(async () => {
  node = await makeTestNode({ logLines })
  for (const role of ROLES) people.set(role, await makeAccount(node, { role }))
})
afterAll(() => node.stop())

type Schema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Of every form that the contract knows; the first that a field takes is used. */
const WORDS = [
  '2024-03-12T10:00:00.000Z',
  '2024-03-12',
  '+919812345678',
  '1234567890123456',
  '123456',
  'Observation',
  'laboratory',
  ...[1, 22, 32, 43, 64, 86, 128, 1558, 1622].map((length) => 'A'.repeat(length)),
]
/** What a field of free text is sent: PostgreSQL takes no NUL, UTF-8 no lone surrogate. */
const NASTY = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  "'; drop table accounts; --",
  '../../etc/passwd',
  '%00',
  '‮\u202e',
  '🩺'.repeat(50),
]

/** A value that the schema takes, with free text as nasty as it may be. */
function fitting(schema: Schema, turn: number): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[turn % schema.enum.length]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fitting(choices[turn % choices.length] ?? {}, turn)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        // What may be left out is, every other time.
        .filter(([name]) => turn % 2 === 0 || schema.required?.includes(name))
        .map(([name, inner]) => [name, fitting(inner, turn)]),
    )
  if (type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => fitting(schema.items ?? {}, turn))
  if (type === 'string') return fittingText(schema, turn)
  if (type === 'boolean') return turn % 2 === 0
  if (type === 'integer' || type === 'number')
    return Math.max(schema.minimum ?? 0, Math.min(turn, schema.maximum ?? turn))
  return NASTY[turn % NASTY.length]
}

function fittingText({ pattern, minLength = 0, maxLength = 1e6 }: Schema, turn: number): string {
  const fits = (word: string) =>
    word.length >= minLength && word.length <= maxLength && (!pattern || new RegExp(pattern).test(word))
  if (!pattern) return (NASTY[turn % NASTY.length] ?? '').padEnd(minLength, 'x').slice(0, maxLength)
  return WORDS.find(fits) ?? 'A'.repeat(Math.min(maxLength, Math.max(minLength, 22)))
}

const schemaOf = (type: z.ZodType | undefined): Schema =>
  type ? (z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema) : {}

const JUNK: unknown[] = [
  null,
  0,
  'text',
  [],
  [[]],
  { __proto__: null, constructor: 1 },
  { a: { a: { a: {} } } },
  Array(1000).fill({}),
]

const token = (route: RouteDefinition) => {
  const role = Array.isArray(route.access) ? route.access[0] : 'patient'
  return { token: people.get(role ?? '')?.token ?? '' }
}

test.each(ROUTES.map(({ route }) => [route.name, route] as const))(
  '%s: whatever fits its form or does not is never an internal error',
  async (_name, route) => {
    const [params, query, body] = [route.params, route.query, route.body].map(schemaOf) as [
      Schema,
      Schema,
      Schema,
    ]
    for (let turn = 0; turn < NASTY.length; turn++) {
      const input = {
        params: { ...(fitting({ type: 'object', ...params }, turn) as object), '*': NASTY[turn] },
        query: fitting({ type: 'object', ...query }, turn),
        ...(route.body ? { body: fitting(body, turn) } : {}),
        ...(route.rawBody ? { body: new TextEncoder().encode(NASTY[turn]) } : {}),
      }
      await mustAnswer(route, input, turn)
    }
    // Each filter of a list alone: beside others the first refusal would hide the rest.
    for (const [name, inner] of Object.entries(query.properties ?? {}))
      for (let turn = 0; turn < NASTY.length; turn++)
        await mustAnswer(
          route,
          { params: fitting({ type: 'object', ...params }, 0), query: { [name]: fitting(inner, turn) } },
          turn,
        )
    if (!route.body) return
    for (const [turn, junk] of JUNK.entries())
      await mustAnswer(route, { params: fitting({ type: 'object', ...params }, 0), body: junk }, turn)
  },
)

async function mustAnswer(route: RouteDefinition, input: object, turn: number) {
  const { status } = await node.call(route, input as never, token(route))
  const why =
    status === 500
      ? logLines
          .filter((line) => line.includes('a request failed'))
          .at(-1)
          ?.slice(0, 600)
      : ''
  expect([route.name, turn, status === 500, why]).toEqual([route.name, turn, false, ''])
}
