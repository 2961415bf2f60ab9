import { equalBytes } from '@curo/crypto/bytes'
import { describe, expect, it } from 'vitest'
import { dischargePaper } from './discharge-paper.ts'
import { Paper } from './paper.ts'

const person = {
  key: 'hanh',
  given: 'Bích Hạnh',
  family: 'Nguyễn',
  sex: 'female',
  birthDate: '1968-11-30',
  phone: '+919000000114',
  address: { lines: [], city: 'Huế', state: '', postalCode: '', country: 'VN' },
  language: 'vi',
} as const
const discharge = {
  admitted: '2025-09-09',
  discharged: '2025-09-10',
  by: 'surgery',
  diagnoses: ['Gallstones'],
  history: 'x',
  course: 'y',
  condition: 'z',
  medicines: ['Paracetamol 500 mg'],
  advice: ['Rest'],
} as const

describe('printed papers', () => {
  it('a name that the fonts lack letters for does not stop the printing', async () => {
    const bytes = await dischargePaper(person, discharge)
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 8))).toMatch(/^%PDF-1/)
    const devanagari = await dischargePaper({ ...person, given: 'मीनाक्षी', family: 'सुन्दरेशन' }, discharge)
    expect(devanagari.length).toBeGreaterThan(1000)
  })

  it('turns over when a page is full', async () => {
    const make = async (lines: number) => {
      const paper = await Paper.start({
        title: 't',
        day: '2025-01-01',
        letterhead: { hospital: 'h', department: 'd' },
      })
      for (let line = 0; line < lines; line++) paper.text(`line ${line} ${'word '.repeat(30)}`)
      const { PDFDocument } = await import('pdf-lib')
      return (await PDFDocument.load(await paper.finish())).getPageCount()
    }
    expect(await make(3)).toBe(1)
    expect(await make(60)).toBeGreaterThan(2)
  })

  it('the same paper has the same bytes, whenever it is made', async () => {
    const [one, two] = [await dischargePaper(person, discharge), await dischargePaper(person, discharge)]
    expect(equalBytes(one, two)).toBe(true)
  })
})
