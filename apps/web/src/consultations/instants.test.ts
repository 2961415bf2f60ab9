import { afterEach, expect, test, vi } from 'vitest'
import { localInstant } from './instants.ts'

afterEach(() => vi.restoreAllMocks())

test.each([
  [-330, '2026-03-02T00:10:00.000+05:30'],
  [210, '2026-03-01T15:10:00.000-03:30'],
  [0, '2026-03-01T18:40:00.000+00:00'],
])('an instant at an offset of %i minutes begins with the day on the wall', (offset, written) => {
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(offset)
  const now = new Date('2026-03-01T18:40:00.000Z')
  expect(localInstant(now)).toBe(written)
  expect(new Date(written).getTime()).toBe(now.getTime())
})
