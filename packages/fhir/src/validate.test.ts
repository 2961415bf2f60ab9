import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readDefinitions } from './testing/definitions.ts'
import { processorMs } from './testing/processor-time.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { MAX_DEPTH, makeValidator, type R4Definitions, type Validator } from './validate.ts'

let validator: Validator
beforeAll(() => {
  validator = makeValidator(readDefinitions())
})

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'Heart rate' } }
const condition = { resourceType: 'Condition', subject: { display: 'Asha Rao' } }
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'

const errorsOf = (resource: unknown) =>
  validator
    .validateResource(resource)
    .filter((issue) => issue.severity === 'error')
    .map((issue) => issue.path)

describe('valid resources', () => {
  it.each([
    ['a minimal one', observation],
    ['base64 with line breaks', { resourceType: 'Binary', contentType: 'a/b', data: 'AAAA\r\nBBBB' }],
    ['an attachment above 1 MB', { resourceType: 'Binary', contentType: 'a/b', data: 'A'.repeat(4 << 20) }],
    [
      'a reference into a transaction',
      { ...observation, subject: { reference: 'urn:uuid:0b6d5c5e-9f0a-4a3e-8a52-1d4b5a0a6f11' } },
    ],
    [
      'a reference to a contained resource',
      { ...observation, contained: [{ resourceType: 'Patient', id: 'p' }], subject: { reference: '#p' } },
    ],
    [
      'null beside an extension of a primitive',
      {
        resourceType: 'Patient',
        name: [{ given: ['A', null], _given: [null, { extension: [{ url: 'http://x', valueCode: 'y' }] }] }],
      },
    ],
    [
      'a status with its reason for absence only',
      {
        ...observation,
        status: undefined,
        _status: { extension: [{ url: 'http://x', valueCode: 'unknown' }] },
      },
    ],
    [
      'a period across time zones',
      {
        ...observation,
        effectivePeriod: { start: '2020-02-01T23:00:00+05:30', end: '2020-02-01T18:00:00Z' },
      },
    ],
    ['regression: the smallest integer', { ...observation, valueInteger: -2_147_483_648 }],
    ['a leap day', { ...observation, effectiveDateTime: '2024-02-29' }],
    [
      'a nested questionnaire',
      {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        item: [
          {
            linkId: '1',
            item: [{ linkId: '1.1', answer: [{ valueBoolean: true, item: [{ linkId: '2' }] }] }],
          },
        ],
      },
    ],
    [
      'a Bundle',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: 'urn:uuid:0b6d5c5e-9f0a-4a3e-8a52-1d4b5a0a6f11', resource: observation }],
      },
    ],
  ])('%s passes', (_, resource) => {
    expect(validator.validateResource(JSON.parse(JSON.stringify(resource)))).toEqual([])
  })

  it('every resource type of R4 has a structure', () => {
    const names = readDefinitions().structures.filter(
      (structure) => structure.kind === 'resource' && !structure.abstract,
    )
    expect(names).toHaveLength(146)
    for (const { name } of names)
      expect(
        validator
          .validateResource({ resourceType: name })
          .map((issue) => issue.message)
          .join(),
      ).not.toMatch(/could not be checked|Unknown data type/)
  })
})

describe('faults are found and named by their place', () => {
  it.each<[string, string, unknown]>([
    ['a code outside a required binding', 'Observation.status', { ...observation, status: 'bogus' }],
    [
      'a status of the right code but the wrong system',
      'Condition.clinicalStatus',
      {
        ...condition,
        clinicalStatus: { coding: [{ system: 'http://hl7.org/fhir/condition-clinical', code: 'active' }] },
      },
    ],
    ['an empty array', 'Observation.category', { ...observation, category: [] }],
    ['an empty object', 'Observation.code', { ...observation, code: {} }],
    ['a null', 'Observation.note', { ...observation, note: null }],
    ['an id with a space', 'Observation.id', { ...observation, id: 'a b' }],
    ['an id of 65 characters', 'Observation.id', { ...observation, id: 'a'.repeat(65) }],
    ['a string where a list of names belongs', 'Patient.name', { resourceType: 'Patient', name: 'Asha' }],
    [
      'a number as text',
      'Observation.valueQuantity.value',
      { ...observation, valueQuantity: { value: '7' } },
    ],
    [
      'two values for one choice',
      'Observation.valueQuantity',
      { ...observation, valueString: 'a', valueQuantity: { value: 1 } },
    ],
    [
      'a day that does not exist',
      'Observation.effectiveDateTime',
      { ...observation, effectiveDateTime: '2023-02-29' },
    ],
    [
      'a time without zone',
      'Observation.effectiveDateTime',
      { ...observation, effectiveDateTime: '2023-02-20T10:00:00' },
    ],
    [
      'a period that ends before it starts',
      'Observation.effectivePeriod',
      { ...observation, effectivePeriod: { start: '2020-02-01', end: '2020-01-01' } },
    ],
    [
      'a reference to the wrong kind',
      'Observation.subject',
      { ...observation, subject: { reference: 'Organization/1' } },
    ],
    [
      'a reference to nothing contained',
      'Observation.subject',
      { ...observation, subject: { reference: '#q' } },
    ],
    [
      'an unknown contained type',
      'Observation.contained[0]',
      { ...observation, contained: [{ resourceType: 'Foo' }] },
    ],
    [
      'a fault in a contained resource',
      'Observation.contained[0].gender',
      {
        ...observation,
        contained: [{ resourceType: 'Patient', id: 'p', gender: 'x' }],
        subject: { reference: '#p' },
      },
    ],
    [
      'an invariant of a contained resource',
      'Observation.contained[0]',
      {
        ...observation,
        hasMember: [{ reference: '#x' }],
        contained: [{ ...observation, id: 'x', valueString: 'a', dataAbsentReason: { text: 'b' } }],
      },
    ],
    ['an invariant', 'Observation', { ...observation, valueString: 'a', dataAbsentReason: { text: 'b' } }],
    [
      'a unit code without system',
      'Observation.valueQuantity',
      { ...observation, valueQuantity: { value: 1, code: 'mg' } },
    ],
    [
      'an organization without name or identifier',
      'Organization',
      { resourceType: 'Organization', active: true },
    ],
    ['a missing required element', 'Observation.code', { resourceType: 'Observation', status: 'final' }],
    ['an integer beyond 32 bits', 'Observation.valueInteger', { ...observation, valueInteger: 3e9 }],
    ['bytes that are not base64', 'Binary.data', { resourceType: 'Binary', contentType: 'a/b', data: 'A!' }],
    ['half a character', 'Observation.valueString', { ...observation, valueString: 'a\ud83d' }],
    [
      'lists of values and extensions of different length',
      'Patient.name[0]._given',
      { resourceType: 'Patient', name: [{ given: ['A'], _given: [null, { id: 'x' }] }] },
    ],
    ['an unknown resource type', '', { resourceType: 'Foo' }],
    ['a resource of R4B', '', { resourceType: 'SubscriptionStatus' }],
    ['no resource at all', '', null],
    ['a list', '', [observation]],
  ])('%s', (_, path, resource) => {
    expect(errorsOf(resource)).toContain(path)
  })

  it('a required concept given as text only is a warning', () => {
    const issues = validator.validateResource({ ...condition, clinicalStatus: { text: 'active' } })
    expect(issues.map((issue) => issue.severity)).toEqual(['warning'])
  })

  it('no message repeats a value', () => {
    const issues = validator.validateResource({
      ...observation,
      status: 'SECRET',
      id: 'SECRET SECRET',
      effectiveDateTime: 'SECRET',
      subject: { reference: 'Organization/SECRET' },
      'Asha Rao': 1,
    })
    expect(issues.length).toBeGreaterThanOrEqual(5)
    expect(JSON.stringify(issues)).not.toMatch(/SECRET|Asha/)
  })
})

describe('attacks', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a property named %s is refused',
    (name) => {
      const resource = JSON.parse(JSON.stringify(observation).replace('{', `{"${name}":{"polluted":true},`))
      expect(errorsOf(resource)).toHaveLength(1)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    },
  )

  it.each(['constructor', '__proto__', 'Element', 'Patient.contact', 'DomainResource'])(
    'resourceType %s is refused',
    (type) => {
      expect(errorsOf({ resourceType: type })).toHaveLength(1)
    },
  )

  it.each([
    `<div ${XHTML}><script>x</script></div>`,
    `<div ${XHTML}><p onclick="x">a</p></div>`,
    `<div ${XHTML}><a href="javascript:x">a</a></div>`,
    `<div ${XHTML}><iframe src="x"/></div>`,
  ])('narrative %s is refused', (div) => {
    expect(errorsOf({ ...observation, text: { status: 'generated', div } })).toContain('Observation.text.div')
  })

  it('a nesting bomb is refused quickly, not by running out of stack', () => {
    const deep = (levels: number): unknown => {
      let item: Record<string, unknown> = { linkId: '1' }
      for (let level = 0; level < levels; level++) item = { linkId: '1', item: [item] }
      return { resourceType: 'QuestionnaireResponse', status: 'completed', item: [item] }
    }
    expect(errorsOf(deep(30))).toEqual([])
    expect(errorsOf(deep(100_000))).toEqual(['QuestionnaireResponse'])
    expect(MAX_DEPTH).toBeLessThan(1000)
  })

  it('a resource with a million faults gets a short answer', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, place) => [`x${place}`, 1]))
    const notes = Array.from({ length: 100_000 }, () => ({ text: 7 }))
    const took = processorMs(() =>
      expect(errorsOf({ ...observation, ...many, note: notes }).length).toBeLessThanOrEqual(400),
    )
    expect(took).toBeLessThan(10_000)
  })

  it('a value that contains itself ends', () => {
    const twice: Record<string, unknown> = { resourceType: 'Basic', code: {} }
    twice.a = twice
    twice.b = twice
    expect(errorsOf(twice)).toHaveLength(1)
  })

  it('text that is slow for backtracking expressions is checked in time', () => {
    const slow = [
      {
        ...observation,
        text: { status: 'generated', div: `<div ${XHTML}>${'<'.repeat(900_000)}</div>` },
      },
      {
        ...observation,
        text: { status: 'generated', div: `<div ${XHTML}>${'< on'.repeat(200_000)}</div>` },
      },
      { resourceType: 'Binary', contentType: 'a/b', data: `${'A'.repeat(8 << 20)}!` },
      { ...observation, valueString: ' '.repeat(1_000_000), issued: '1'.repeat(1_000_000) },
    ]
    const took = processorMs(() => slow.map((resource) => validator.validateResource(resource)))
    expect(took).toBeLessThan(10_000)
  })

  it('regression: the resource that is validated stays as it was', () => {
    const resource = {
      ...observation,
      code: { text: 'x' },
      _code: { id: 'a' },
      _status: JSON.parse('{"constructor":1,"id":"s"}'),
    }
    const before = JSON.stringify(resource)
    validator.validateResource(resource)
    expect(JSON.stringify(resource)).toBe(before)
  })

  it('any JSON at all gets an answer, never an exception', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.constantFrom('Observation', 'Patient', 'Bundle', 'Questionnaire'),
        (value, resourceType) => {
          const spread =
            typeof value === 'object' && value !== null && !Array.isArray(value)
              ? value
              : { code: value, item: value, entry: value }
          expect(Array.isArray(validator.validateResource({ ...spread, resourceType }))).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('a broken leaf anywhere in a valid resource is noticed', () => {
    const resource = {
      resourceType: 'Patient',
      name: [{ family: 'Rao', given: ['Asha', 'Devi'] }],
      birthDate: '1980-01-02',
      contact: [{ name: { text: 'Ravi' }, telecom: [{ system: 'phone', value: '1' }] }],
    }
    const leaves: (string | number)[][] = []
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (typeof value !== 'object' || value === null) leaves.push(path)
      else for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key])
    }
    walk(resource, [])
    fc.assert(
      fc.property(
        fc.constantFrom(...leaves.slice(1)),
        fc.constantFrom<unknown>({}, [], 7, null, true, ''),
        (path, wrong) => {
          const copy = structuredClone(resource) as Record<string | number, unknown>
          let place = copy
          for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>
          place[path.at(-1) ?? ''] = wrong
          expect(errorsOf(copy).length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

it('something other than definitions is refused', () => {
  expect(() => makeValidator({} as unknown as R4Definitions)).toThrow(/r4-definitions\.json/)
  expect(() => makeValidator({ ...readDefinitions(), format: 0 })).toThrow(/another version/)
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('raises no false alarm over any Synthea record, and checks the largest bundle in time', () => {
    let checked = 0
    for (const { name, text } of syntheaBundles()) {
      const bundle = JSON.parse(text) as { entry: { resource: unknown }[] }
      const took = processorMs(() => {
        for (const { resource } of bundle.entry) {
          checked += 1
          expect(validator.validateResource(resource), name).toEqual([])
        }
      })
      expect(took).toBeLessThan(10_000)
    }
    expect(checked).toBe(3584)
  })
})
