import { ROUTES } from '@curo/contract/api'
import type { RouteDefinition } from '@curo/contract/route'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

/** 4 KiB of ciphertext as base64url. */
const LEAF_CHARACTERS = Math.ceil((4096 * 4) / 3)
const routes = ROUTES.map(({ route }) => route)

describe('there is no second door', () => {
  /** What a record is read with: its ciphertext, its wraps, the custodian’s step, the stub. */
  const DOORS =
    /^(content|contents|wrap|wraps|rewrap|rewraps|step|stub|envelope|envelopes|sealed|ciphertext)$/

  function membersOf(schema: unknown): string[] {
    if (typeof schema !== 'object' || schema === null) return []
    if (Array.isArray(schema)) return schema.flatMap(membersOf)
    const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> }
    return [
      ...Object.keys(properties),
      ...Object.values(properties).flatMap(membersOf),
      ...membersOf(Object.values(rest)),
    ]
  }
  /** The ledger’s own bytes, the hospital’s logo, what applicants attached for the hospital, what patients signed for it. */
  const NO_RECORDS = /^\/(log\/tile\/|mirror\/|v1\/hospital\/logo$|v1\/approvals\/documents\/|v1\/papers\/)/
  const answersWith = ({ response }: RouteDefinition) =>
    response ? membersOf(z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' })) : []
  const readers = routes.filter(({ reads }) => reads === 'records')

  test('only the routes marked as reading records can answer with ciphertext, wraps, stubs or steps', () => {
    for (const route of routes.filter(({ reads }) => reads !== 'records')) {
      expect(
        answersWith(route).filter((name) => DOORS.test(name)),
        route.name,
      ).toEqual([])
      if (route.rawResponse === 'application/octet-stream') expect(route.path, route.name).toMatch(NO_RECORDS)
    }
    // The rule would find them: each marked route does carry something of a record.
    for (const route of readers)
      expect(
        route.rawResponse ?? answersWith(route).some((name) => DOORS.test(name)),
        route.name,
      ).toBeTruthy()
  })

  test('the marked routes are these and no others, for doctors through an opening and for the patient herself', () => {
    expect(readers.map(({ name, access }) => `${name}: ${access}`).sort()).toEqual([
      'listOwnRecords: patient',
      'openRecords: doctor',
      'openTimeline: doctor',
      'readOpenedContent: doctor',
      'readOwnContent: patient',
    ])
  })

  test('bytes that could be a record’s fit through no other answer, but one challenged leaf of ciphertext', () => {
    const longFields = (schema: unknown): number[] => {
      if (typeof schema !== 'object' || schema === null) return []
      const { maxLength, pattern } = schema as { maxLength?: number; pattern?: string }
      const own = maxLength && pattern?.includes('A-Za-z0-9_-') ? [maxLength] : []
      return [...own, ...Object.values(schema).flatMap(longFields)]
    }
    for (const route of routes.filter(({ reads }) => reads !== 'records')) {
      const longest = route.response
        ? Math.max(0, ...longFields(z.toJSONSchema(route.response, { unrepresentable: 'any' })))
        : 0
      if (route.name === 'challengeStorage') expect(longest).toBe(LEAF_CHARACTERS)
      else if (longest >= LEAF_CHARACTERS)
        expect(['keyring', 'sealedKeys', 'draft'], route.name).toContain(carrierOf(route))
    }
  })

  /** The long sealed things that are not a record: keys, and what an author has not signed, under keys of a person’s. */
  const carrierOf = (route: RouteDefinition) =>
    answersWith(route).find((name) => /^(keyring|sealedKeys|draft)$/.test(name))
})
