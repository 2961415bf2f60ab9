import { SHORTEST_PASSWORD as REQUIRED } from '@curo/client/accounts'
import { expect, test } from 'vitest'
import { adviseOn } from './password-advice.ts'
import { SHORTEST_PASSWORD } from './password-length.ts'

test('the page asks for as many characters as the client', () => {
  expect(SHORTEST_PASSWORD).toBe(REQUIRED)
})

test.each([
  ['short', 'too-short'],
  ['Password123!', 'common'],
  ['9812345678', 'common'],
  ['aaaaaaaaaaaa', 'repeated'],
  ['abcdefghijkl', 'repeated'],
  ['asharaghavan', 'personal'],
  ['lowercaseon', 'fair'],
  ['tea at four o’clock', 'strong'],
  ['मेरा घर नदी के पास', 'strong'],
  ['Tr4vel-light', 'good'],
] as const)('%s is %s', (password, advice) => {
  expect(adviseOn(password, ['Asha Raghavan', '+919812345678'])).toBe(advice)
})
