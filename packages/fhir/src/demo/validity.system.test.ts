import { expect, it } from 'vitest'
import { readDefinitions } from '../testing/definitions.ts'
import { makeValidator } from '../validate.ts'
import { makeCharts } from './testing/charts.ts'

it('every resource of the cast and of forty invented people is valid FHIR R4', () => {
  const { validateResource } = makeValidator(readDefinitions())
  let checked = 0
  for (const { member, chart } of makeCharts(66)) {
    const resources = [
      chart.patient,
      ...chart.entries.map(({ resource }) => resource),
      ...chart.files.map(({ reference }) => reference),
    ]
    for (const resource of resources) {
      const issues = validateResource(resource)
      expect(issues, `${member.person.key}: ${JSON.stringify(resource).slice(0, 400)}`).toEqual([])
      checked++
    }
  }
  expect(checked).toBeGreaterThan(6000)
})
