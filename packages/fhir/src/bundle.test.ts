import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { processorMs } from './testing/processor-time.ts'
import { hasSharedData, SHARED_DATA, sampleFiles, syntheaBundles } from './testing/shared-data.ts'

const patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Rao' }] }
const observation = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference: 'Patient/p1' },
}
const bundleOf = (...resources: unknown[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  })
const codesOf = (text: string) => readBundle(text).issues.map((issue) => issue.code)

describe('what is read', () => {
  it('the exact text of each resource, so that 7.10 stays 7.10', () => {
    const text = `{ "resourceType":"Bundle","type":"collection","entry":[
      {"resource":${JSON.stringify(patient)}},
      {"fullUrl":"urn:x", "resource" : {"resourceType":"Observation",  "valueQuantity":{"value":7.10},"status":"final" } } ]}`
    const [item] = readBundle(text).clinical
    expect(item?.text).toBe(
      '{"resourceType":"Observation",  "valueQuantity":{"value":7.10},"status":"final" }',
    )
    expect(item).toMatchObject({ fullUrl: 'urn:x', entry: 1, resource: { valueQuantity: { value: 7.1 } } })
  })

  it.each(['transaction', 'batch', 'collection', 'document', 'searchset', 'history'])(
    'a Bundle of type %s',
    (type) => {
      const contents = readBundle(bundleOf(patient, observation).replace('collection', type))
      expect(contents).toMatchObject({ format: 'bundle', type, issues: [] })
      expect(contents.clinical[0]?.patient).toBe(0)
    },
  )

  it('resources by what they are for', () => {
    const contents = readBundle(
      bundleOf(
        patient,
        observation,
        { resourceType: 'CarePlan', subject: { reference: 'Patient/p1' } },
        { resourceType: 'Practitioner', id: 'd' },
        { resourceType: 'Claim', patient: { reference: 'Patient/p1' } },
        { resourceType: 'ValueSet' },
      ),
    )
    const types = (list: readonly { resource: { resourceType: string } }[]) =>
      list.map((item) => item.resource.resourceType)
    expect(types(contents.patients)).toEqual(['Patient'])
    expect(types(contents.clinical)).toEqual(['Observation', 'CarePlan'])
    expect(types(contents.administrative)).toEqual(['Practitioner'])
    expect(types(contents.financial)).toEqual(['Claim'])
    expect(types(contents.other)).toEqual(['ValueSet'])
    expect(contents.resolve('Practitioner/d')).toBe(contents.administrative[0]?.resource)
    expect(contents.resolve('https://ehr.example/fhir/Practitioner/d/_history/2')).toBe(
      contents.administrative[0]?.resource,
    )
    expect(contents.resolve('Practitioner/e')).toBeUndefined()
  })

  it('NDJSON, telling the line that is broken', () => {
    const contents = readBundle(`${JSON.stringify(patient)}\r\n\n${JSON.stringify(observation)}\n{broken\n`)
    expect(contents.format).toBe('ndjson')
    expect(contents.clinical[0]?.text).toBe(JSON.stringify(observation))
    expect(contents.issues).toMatchObject([{ code: 'not-json', entry: 3 }])
  })

  it('text with a byte order mark', () => {
    expect(readBundle(`\ufeff${bundleOf(patient, observation)}`).clinical[0]?.text).toBe(
      JSON.stringify(observation),
    )
  })

  it('the newest of several versions, and none of a deleted record', () => {
    const version = (versionId: string, id = 'o1') => ({
      resource: { ...observation, id, meta: { versionId } },
    })
    const entry = [
      { resource: patient },
      { request: { method: 'DELETE', url: 'Observation/gone' } },
      version('3', 'gone'),
      version('1'),
      version('2'),
    ]
    const contents = readBundle(JSON.stringify({ resourceType: 'Bundle', type: 'history', entry }))
    expect(contents.clinical.map((item) => item.resource.meta?.versionId)).toEqual(['2'])
    expect(contents.issues.map((issue) => [issue.code, issue.entry])).toEqual([
      ['deleted', 2],
      ['older-version', 3],
    ])
  })

  it('any resource between any whitespace comes back as the text it was written in', () => {
    const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', '\r'), maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 5 }),
        space,
        space,
        (values, before, after) => {
          const texts = values.map((value, id) =>
            JSON.stringify({ resourceType: 'Basic', id: `${id}`, value }, null, before.length),
          )
          const clean = texts.filter((text) => !/__proto__|constructor|prototype/.test(text))
          const entries = clean.map(
            (text) => `${before}{"search":{"mode":"match"},"resource"${after}:${before}${text}${after}}`,
          )
          const contents = readBundle(
            `${before}{"entry":[${entries.join(`${after},`)}],"resourceType":"Bundle"}${after}`,
          )
          expect(contents.clinical.map((item) => item.text)).toEqual(clean)
          for (const item of contents.clinical) expect(item.resource).toEqual(JSON.parse(item.text))
        },
      ),
    )
  })
})

describe('what cannot be read says why', () => {
  it.each<[string, string, RegExp]>([
    ['', 'empty', /no records/],
    ['hello', 'not-json', /not JSON/],
    ['<Bundle xmlns="http://hl7.org/fhir"><entry/></Bundle>', 'wrong-version', /XML.*JSON/],
    ['<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">', 'not-json', /C-CDA/],
    ['<!DOCTYPE html><html>', 'not-json', /web page/],
    ['MSH|^~\\&|LAB', 'not-json', /HL7 v2/],
    ['%PDF-1.7', 'not-json', /PDF/],
    ['[]', 'not-a-bundle', /not FHIR/],
    ['7', 'not-a-bundle', /not FHIR/],
    ['{"a":1}', 'not-a-bundle', /no resourceType/],
    [JSON.stringify(patient), 'not-a-bundle', /single Patient/],
    ['{"resourceType":"Bundle","type":"collection"}', 'empty', /no records/],
    ['{"resourceType":"Bundle","entry":[]}', 'empty', /no records/],
    ['{"resourceType":"Bundle","entry":{}}', 'not-a-bundle', /list/],
    [`${bundleOf(patient)},`, 'not-json', /not JSON/],
    [bundleOf(patient).replace('"p1",', '"p1",,'), 'not-json', /not JSON/],
    [`// a comment\n${bundleOf(patient)}`, 'not-json', /not JSON/],
  ])('%s', (text, code, message) => {
    const contents = readBundle(text)
    expect(contents.issues).toMatchObject([{ severity: 'fatal', code }])
    expect(contents.issues[0]?.message).toMatch(message)
    expect([...contents.patients, ...contents.clinical, ...contents.other]).toEqual([])
  })

  it('a file above the limit', () => {
    expect(readBundle(bundleOf(patient), { maxLength: 20 }).issues).toMatchObject([
      { code: 'too-large', severity: 'fatal' },
    ])
    expect(codesOf(' '.repeat(100_000_001))).toEqual(['too-large'])
    expect(codesOf(`{"resourceType":"Bundle","entry":[${'0,'.repeat(250_000)}0]}`)).toEqual(['too-large'])
    expect(codesOf(`{}\n`.repeat(250_001))).toEqual(['too-large'])
  })

  it.each<[string, string, unknown]>([
    ['DSTU2', 'MedicationOrder', { resourceType: 'MedicationOrder' }],
    ['STU3', 'ReferralRequest', { resourceType: 'ReferralRequest' }],
    ['STU3', 'Observation.context', { ...observation, context: { reference: 'Encounter/1' } }],
    ['STU3', 'Condition.clinicalStatus', { resourceType: 'Condition', clinicalStatus: 'active' }],
    ['R5', 'Encounter.class', { resourceType: 'Encounter', class: [{}] }],
    [
      'R5',
      'MedicationRequest.medication',
      { resourceType: 'MedicationRequest', medication: { concept: {} } },
    ],
    ['R5', 'DeviceUsage', { resourceType: 'DeviceUsage' }],
  ])('FHIR %s, known by %s', (version, because, resource) => {
    const [issue, ...rest] = readBundle(bundleOf(patient, resource)).issues
    expect(rest).toEqual([])
    expect(issue).toMatchObject({ code: 'wrong-version', severity: 'error', entry: 1 })
    expect(issue?.message).toContain(version)
    expect(issue?.message).toContain(because)
  })

  it.each<[string, unknown[]]>([
    ['no-patient', [observation]],
    ['several-patients', [patient, { ...patient, id: 'p2' }]],
    ['unknown-type', [patient, { resourceType: 'Foo' }]],
    ['not-a-resource', [patient, { id: 'x' }]],
    ['entry-without-resource', [patient, null]],
    ['entry-without-resource', [patient, []]],
    ['nested-bundle', [patient, { resourceType: 'Bundle' }]],
    ['server-message', [patient, { resourceType: 'OperationOutcome', issue: [] }]],
    ['duplicate-id', [patient, observation, { ...observation, status: 'amended' }]],
    ['repeated', [patient, observation, observation]],
  ])('%s', (code, resources) => {
    expect(codesOf(bundleOf(...resources))).toEqual([code])
  })

  it('only a page of a search', () => {
    const text = bundleOf(patient).replace('"type"', '"link":[{"relation":"next","url":"x"}],"type"')
    expect(codesOf(text)).toEqual(['partial'])
  })

  it('the types of records that are called for but misspelt are not echoed', () => {
    expect(JSON.stringify(readBundle(bundleOf(patient, { resourceType: 'Asha Rao' })).issues)).not.toContain(
      'Asha',
    )
  })
})

describe('attacks', () => {
  it('a record of somebody else slipped into the file is set aside', () => {
    const contents = readBundle(bundleOf(patient, { ...observation, subject: { reference: 'Patient/p2' } }))
    expect(contents.clinical).toEqual([])
    expect(contents.other).toHaveLength(1)
    expect(contents.issues).toMatchObject([{ code: 'other-patient', entry: 1 }])
  })

  it('with two patients, each record says whose it is', () => {
    const other = { ...observation, id: 'o2', subject: { reference: 'Patient/p2' } }
    const contents = readBundle(bundleOf(patient, { ...patient, id: 'p2' }, other, observation))
    expect(contents.clinical.map((item) => item.patient)).toEqual([1, 0])
  })

  it('a name given twice, also when one is written with an escape, does not hide a value', () => {
    const text = bundleOf(patient, observation)
    expect(codesOf(text.replace('"status"', '"st\\u0061tus":"amended","status"'))).toEqual(['duplicate-key'])
    expect(readBundle(text.replace('"status"', '"status":"amended","status"')).clinical).toEqual([])
    expect(
      codesOf(
        text.replace('{"resource":{"resourceType":"Obs', '{"resource":{},"resource":{"resourceType":"Obs'),
      ),
    ).toEqual(['duplicate-key'])
    expect(readBundle(text.replace('"type"', '"entry":[],"type"')).issues).toMatchObject([
      { severity: 'fatal' },
    ])
  })

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('an element named %s', (name) => {
    const contents = readBundle(
      bundleOf(patient, observation).replace('"status"', `"${name}":{"polluted":1},"status"`),
    )
    expect(contents.issues.map((issue) => issue.code)).toEqual(['forbidden-key'])
    expect(contents.clinical).toEqual([])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('regression: a hundred faults in one entry do not exhaust the attention paid to the next', () => {
    const many = `{${'"a":1,'.repeat(500)}"resourceType":"Basic"}`
    const text = `{"resourceType":"Bundle","entry":[{"resource":${many}},{"resource":${JSON.stringify(observation).replace('{', '{"__proto__":{},')}}]}`
    expect(
      readBundle(text)
        .issues.map((issue) => [issue.code, issue.entry])
        .slice(0, 2),
    ).toEqual([
      ['duplicate-key', 0],
      ['forbidden-key', 1],
    ])
    expect(readBundle(text).clinical).toEqual([])
  })

  it.each([
    '['.repeat(5_000_000),
    `{"resourceType":"Bundle","entry":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    bundleOf(patient).replace('"Rao"', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  ])('a nesting bomb is refused in a moment', (text) => {
    const took = processorMs(() => expect(codesOf(text)).toEqual(['too-deep']))
    expect(took).toBeLessThan(5000)
  })

  it('brackets and quotes inside strings do not shift the texts', () => {
    const tricky = {
      ...observation,
      id: 'o2',
      note: [{ text: '"}],{"resource":{"resourceType":"Patient"}}\\' }],
    }
    const contents = readBundle(bundleOf(patient, tricky, observation))
    expect(contents.clinical.map((item) => item.text)).toEqual([
      JSON.stringify(tricky),
      JSON.stringify(observation),
    ])
  })

  it('a resource that is about a list of entries is not taken apart', () => {
    const list = {
      resourceType: 'List',
      status: 'current',
      mode: 'working',
      entry: [{ resource: { resourceType: 'Observation' } }],
    }
    expect(readBundle(bundleOf(patient, list)).clinical.map((item) => item.text)).toEqual([
      JSON.stringify(list),
    ])
  })

  it('any text at all gets an answer, never an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => readBundle(text).issues.length > 0))
    const cut = bundleOf(patient, observation)
    fc.assert(
      fc.property(
        fc.nat(cut.length - 1),
        (length) => readBundle(cut.slice(0, length)).issues[0]?.severity === 'fatal',
      ),
    )
  })
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('reads every Synthea bundle whole, each text equal to its resource', () => {
    for (const { text } of syntheaBundles()) {
      const contents = readBundle(text)
      const all = [
        ...contents.patients,
        ...contents.clinical,
        ...contents.administrative,
        ...contents.financial,
      ]
      expect(contents.issues).toEqual([])
      expect(all).toHaveLength((JSON.parse(text) as { entry: unknown[] }).entry.length)
      expect(contents.patients).toHaveLength(1)
      for (const item of all) {
        expect(text.includes(item.text)).toBe(true)
        expect(JSON.parse(item.text)).toEqual(item.resource)
      }
      expect(contents.clinical.every((item) => item.patient === 0)).toBe(true)
    }
  })

  it('turns away C-CDA and HL7 v2 with a hint', () => {
    for (const { bytes } of [...sampleFiles('ccda'), ...sampleFiles('hl7v2')])
      expect(readBundle(new TextDecoder().decode(bytes)).issues[0]?.message).toMatch(/C-CDA|HL7 v2/)
  })
})
