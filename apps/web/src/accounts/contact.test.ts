import { expect, test } from 'vitest'
import { readContact } from './contact.ts'

test.each([
  ['98123 45678', '+919812345678'],
  ['098123-45678', '+919812345678'],
  ['+91 98123 45678', '+919812345678'],
  ['0049 (151) 234 567', '+49151234567'],
  ['९८१२३ ४५६७८', '+919812345678'],
  ['＋９１９８１２３４５６７８', '+919812345678'],
  ['\u202a+919812345678\u202c', '+919812345678'],
])('%s is read as %s', (typed, contact) => {
  expect(readContact(typed, '+91')).toBe(contact)
})

test.each(['', '12', 'asha@example.org', '+0123456789', '+12345678901234567', '9'.repeat(100_000)])(
  'what is no telephone number is none',
  (typed) => {
    expect(readContact(typed, '+91')).toBeNull()
  },
)
