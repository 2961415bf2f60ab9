import { expect, test } from 'vitest'
import en from './locales/en.ts'
import { GUARANTEES, type HelpRole, LIMITS, ONLOOKERS, TOPICS } from './topics.ts'

const titled = (words: object) =>
  Object.keys(words).filter((key) => typeof Reflect.get(words, key) === 'object')

test.each(Object.keys(TOPICS) as HelpRole[])(
  'the help page for the %s tells every topic there are words for',
  (role) => {
    expect([...TOPICS[role]]).toEqual(titled(en[role]))
  },
)

test('every guarantee, every limit and every onlooker that has words is told', () => {
  expect([...GUARANTEES]).toEqual(titled(en.promise.guarantees))
  expect([...LIMITS]).toEqual(titled(en.promise.cannot))
  expect([...ONLOOKERS]).toEqual(titled(en.promise.sees))
})
