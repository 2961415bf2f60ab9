import { timelineEntryOf } from '@curo/fhir/timeline'
import { expect, test } from 'vitest'
import { type Opened, sourceOf } from './source-of.ts'

const opened = (author: Opened['author']): Opened => ({
  record: 'r1',
  envelope: {
    ...{ category: 'laboratory', kind: 'Observation', occurred: '2026-01-02' },
    ...{ created: '2026-01-02T03:04:05.006Z', author: 'a1' },
  },
  author,
  stub: {},
  content: new TextEncoder().encode(
    '{"resourceType":"Observation","status":"final","code":{"text":"Sugar"}}',
  ),
})

test('bug: a record that a node had made itself looked like one whose author has no name', () => {
  const authorOf = (author: Opened['author']) => timelineEntryOf(sourceOf(opened(author))).author
  expect(authorOf({ standing: 'unknown', name: null })).toEqual({ id: 'a1', unproved: true })
  expect(authorOf({ standing: 'patient', name: null })).toEqual({ id: 'a1' })
  expect(authorOf({ standing: 'registered', name: 'Dr Rao' })).toEqual({ id: 'a1', name: 'Dr Rao' })
})
