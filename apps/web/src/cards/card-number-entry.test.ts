import { makeCardNumber } from '@curo/crypto/card-number'
import { describe, expect, it } from 'vitest'
import { caretAfter, checkCardNumber, readDigits } from './card-number-entry.ts'

describe('typing a card number', () => {
  it('takes digits of any script, with spaces and dashes', () => {
    expect(readDigits(' 8123-4567 8901 2340\n')).toBe('8123456789012340')
    expect(readDigits('८१२३ ४५६७ ८९०१ २३४०')).toBe('8123456789012340')
    expect(readDigits('８１２３')).toBe('8123')
    expect(readDigits('٨١٢٣')).toBe('8123')
    expect(readDigits('card: eight')).toBe('')
  })

  it('every card number is right, and no number with one digit changed or two neighbours swapped', () => {
    for (let i = 0; i < 200; i++) {
      const number = makeCardNumber()
      expect(checkCardNumber(number)).toEqual({ state: 'right' })
      const at = 1 + (i % 15)
      const digit = Number(number[at])
      const changed = `${number.slice(0, at)}${(digit + 1 + (i % 8)) % 10}${number.slice(at + 1)}`
      if (changed !== number) expect(checkCardNumber(changed)).toEqual({ state: 'wrong' })
    }
    expect(checkCardNumber('8123456789102340')).toEqual({ state: 'wrong' })
  })

  it('says early that another card’s number is no Curo card’s', () => {
    expect(checkCardNumber('4')).toEqual({ state: 'notCuro' })
    expect(checkCardNumber('4111111111111111')).toEqual({ state: 'notCuro' })
    expect(checkCardNumber('81')).toEqual({ state: 'missing', count: 14 })
    expect(checkCardNumber('81234567890123400')).toEqual({ state: 'tooLong', count: 17 })
    expect(checkCardNumber('')).toEqual({ state: 'empty' })
  })

  it('keeps the caret behind the digit that was typed', () => {
    expect(caretAfter('8123 4567', 4)).toBe(4)
    expect(caretAfter('8123 4567', 5)).toBe(6)
    expect(caretAfter('8123 4567', 8)).toBe(9)
    expect(caretAfter('', 0)).toBe(0)
  })
})
