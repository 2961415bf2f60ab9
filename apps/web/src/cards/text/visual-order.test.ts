import { expect, it } from 'vitest'
import { startsRight, visualOrder } from './visual-order.ts'

const seen = (line: string) =>
  visualOrder(line)
    .map(({ text }) => text)
    .join('')

it('lines of one direction stay or turn round', () => {
  expect(seen('Meera Kulkarni, 14')).toBe('Meera Kulkarni, 14')
  expect(seen('श्रीमती')).toBe('श्रीमती')
  expect(seen('שלום')).toBe('םולש')
  expect(seen('')).toBe('')
})

it('numbers and foreign words keep their own direction inside a line from the right', () => {
  expect(seen('כהן Cohen')).toBe('Cohen ןהכ')
  expect(seen('הרצל 14, Tel Aviv')).toBe('Tel Aviv ,14 לצרה')
  expect(seen('شارع ١٢')).toBe('١٢ عراش')
})

it('a word from the right turns round inside a line from the left', () => {
  expect(startsRight('Dr כהן')).toBe(false)
  expect(seen('Dr כהן 14')).toBe('Dr 14 ןהכ')
  expect(seen('Dr כהן (x)')).toBe('Dr ןהכ (x)')
})

it('an emoji stays one, and marks follow their letter unless the line turns', () => {
  expect(visualOrder('👩🏽‍⚕️')).toEqual([{ text: '👩🏽‍⚕', isMark: false }])
  expect(visualOrder('x\u0301')).toEqual([
    { text: 'x', isMark: false },
    { text: '\u0301', isMark: true },
  ])
})
