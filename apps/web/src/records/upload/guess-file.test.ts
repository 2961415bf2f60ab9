import { describe, expect, it } from 'vitest'
import { guessFile, isDay } from './guess-file.ts'

const text = (value: string) => new TextEncoder().encode(value)
const guess = (name: string, given: Partial<Parameters<typeof guessFile>[0]> = {}) =>
  guessFile({ name, first: text('%PDF-1.7\n'), saved: '2026-11-01', today: '2026-11-30', ...given })

describe('what a form begins with', () => {
  it.each([
    ['blood_report 2024-03-12.pdf', 'Blood report', '2024-03-12', 'laboratory'],
    ['X-Ray left wrist 5.7.2023.pdf', 'X-Ray left wrist', '2023-07-05', 'imaging'],
    ['Prescription Dr Rao.pdf', 'Prescription Dr Rao', '2026-11-01', 'prescription'],
    ['covid vaccination certificate.pdf', 'Covid vaccination certificate', '2026-11-01', 'immunization'],
    ['खून की जाँच.pdf', 'खून की जाँच', '2026-11-01', 'laboratory'],
    ['IMG_20240312_101500.jpg', '', '2024-03-12', 'document'],
    ['WhatsApp Image 2024-03-12 at 10.15.22 AM.jpeg', '', '2024-03-12', 'document'],
    ['scan0001.pdf', '', '2026-11-01', 'document'],
    ['550e8400-e29b-41d4-a716-446655440000.pdf', '', '2026-11-01', 'document'],
    ['.pdf', '', '2026-11-01', 'document'],
  ])('%s', (name, title, occurred, category) => {
    expect(guess(name)).toMatchObject({ title, occurred, category })
  })

  it('a DICOM file is imaging and says itself of when and what', () => {
    const first = new Uint8Array(200)
    first.set(text('DICM'), 128)
    const dicom = { date: '2025-02-03', description: 'CT chest ' }
    expect(guess('I0000001', { first, dicom })).toEqual({
      title: 'CT chest',
      occurred: '2025-02-03',
      category: 'imaging',
      contentType: 'application/dicom',
    })
  })

  it('nothing is of a day to come, or of one that does not exist', () => {
    expect(guess('report 2031-01-01.pdf', { saved: '2027-01-01' }).occurred).toBe('2026-11-30')
    expect(guess('report 2024-02-31.pdf').occurred).toBe('2026-11-01')
    expect(isDay('2024-02-29')).toBe(true)
    expect(isDay('2023-02-29')).toBe(false)
  })

  it('words inside other words mean nothing', () => {
    expect(guess('doctor.pdf').category).toBe('document')
    expect(guess('collaboration.pdf').category).toBe('document')
  })

  it('a name of 100,000 letters costs no time', () => {
    const started = performance.now()
    expect(guess(`${'scan 2024-13-45_'.repeat(6250)}.pdf`).occurred).toBe('2026-11-01')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
