import { describe, expect, it } from 'vitest'
import { doseAmount, strengthOf } from './amounts.ts'

describe('amounts', () => {
  it('reads strengths as they are written', () => {
    expect(strengthOf('250 mg/5 mL')).toEqual({ per: 'mL', amount: 50 })
    expect(strengthOf('1.2 g')).toEqual({ per: 'piece', amount: 1200 })
    expect(strengthOf('120 mg/5ml')).toEqual({ per: 'mL', amount: 24 })
    for (const unclear of ['1 %', '20/120 mg', '', 'one', '500', '5 mL/5 mL'])
      expect(strengthOf(unclear)).toBeUndefined()
    expect(doseAmount({ dose: 10, doseUnit: 'mL', strength: '250 mg/5 mL' })).toBe(500)
    expect(doseAmount({ dose: 2, doseUnit: 'tablets', strength: '50 mcg' })).toBe(0.1)
    expect(doseAmount({ dose: 0.5, doseUnit: 'g', strength: '' })).toBe(500)
    expect(doseAmount({ dose: 2, doseUnit: 'drops', strength: '100 mg/mL' })).toBeUndefined()
  })
})
