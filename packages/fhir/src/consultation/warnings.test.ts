import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChartRecord } from '../chart/record.ts'
import { type Consultation, consultationWarnings, type PrescriptionEntry } from '../consultation.ts'
import { type DrugList, loadDrugs } from '../drugs.ts'
import { summaryOf } from '../summary.ts'
import { record } from '../testing/chart.ts'
import { amoxicillin, fullForm } from '../testing/consultation-form.ts'

let drugs: DrugList
beforeAll(async () => {
  drugs = await loadDrugs()
})

describe('warnings', () => {
  const allergy = (text: string) => record('AllergyIntolerance', { code: { text } })
  const taken = (text: string) =>
    record('MedicationRequest', {
      status: 'active',
      intent: 'order',
      authoredOn: '2024-05-01',
      medicationCodeableConcept: { text },
    })
  const warn = (form: Partial<Consultation>, records: ChartRecord[] = [], given: object = {}) =>
    consultationWarnings(fullForm({ prescriptions: [], vitals: {}, ...form }), {
      summary: summaryOf(records, { today: '2024-06-01' }),
      drugs,
      ...given,
    })
  const keys = (...args: Parameters<typeof warn>) => warn(...args).map(({ key }) => key)
  const one = (drug: string, given: Partial<PrescriptionEntry> = {}) => ({
    prescriptions: [
      amoxicillin({ drug, form: 'tablet', doseUnit: 'tablet', frequency: 'twice-daily', ...given }),
    ],
  })

  it.each([
    ['Penicillin', 'Amoxicillin', 'allergy-clash'],
    ['Allergy to penicillin', 'Amoxicillin with clavulanic acid', 'allergy-clash'],
    ['Amoxicillin', 'amoxicillin', 'allergy-clash'],
    ['पेनिसिलिन', 'Ampicillin', 'allergy-clash'],
    ['Penicillin', 'Cefixime', 'allergy-cross'],
    ['Sulfa drugs', 'Co-trimoxazole', 'allergy-clash'],
    ['Sulphonamide', 'Furosemide', 'allergy-cross'],
    ['Aspirin', 'Ibuprofen', 'allergy-clash'],
    ['NSAIDs', 'Diclofenac', 'allergy-clash'],
    ['Ibuprofen', 'Naproxen', 'allergy-clash'],
    ['Ciprofloxacin', 'Levofloxacin', 'allergy-clash'],
    ['Betadine', 'Povidone iodine', 'allergy-clash'],
  ])('allergic to %s, prescribed %s: %s', (title, drug, key) => {
    expect(keys(one(drug, { strength: '', doseUnit: '' }), [allergy(title)])).toContain(key)
  })

  it.each([
    ['Peanuts', 'Amoxicillin'],
    ['Penicillin', 'Azithromycin'],
    ['Allergy to grass pollen', 'Cetirizine'],
    ['Sodium lauryl sulfate', 'Sodium valproate'],
    ['Folic acid', 'Mefenamic acid'],
  ])('allergic to %s, prescribed %s: nothing', (title, drug) => {
    expect(keys(one(drug), [allergy(title)]).filter((key) => key.startsWith('allergy'))).toEqual([])
  })

  it('a name nobody knows still clashes with the same name', () => {
    expect(keys(one('Zyxomab'), [allergy('Zyxomab')])).toEqual(['allergy-clash'])
  })

  it('doses above what is usual: at once, a day, for a child', () => {
    const paracetamol = (dose: number, frequency: string) =>
      one('Paracetamol', { strength: '500 mg', dose, frequency })
    expect(keys(paracetamol(2, 'four-times-daily'))).toEqual([])
    expect(keys(paracetamol(3, 'once-daily'))).toEqual(['dose-single-high'])
    expect(keys(paracetamol(2, 'every-4-hours'))).toEqual(['dose-daily-high'])
    expect(warn(paracetamol(2, 'every-4-hours'))[0]?.values).toMatchObject({
      amount: '6000',
      most: '4000',
      unit: 'mg',
    })
    const child = { ...paracetamol(1, 'four-times-daily'), vitals: { weight: 12 } }
    expect(keys(child, [], { birthDate: '2021-06-01' })).toEqual(['dose-child-high'])
    expect(keys(child, [], { birthDate: '1980-06-01' })).toEqual([])
    const syrup = one('Paracetamol', {
      form: 'syrup',
      strength: '250 mg/5 mL',
      dose: 5,
      doseUnit: 'mL',
      frequency: 'three-times-daily',
    })
    expect(keys({ ...syrup, vitals: { weight: 12 } }, [], { birthDate: '2021-06-01' })).toEqual([])
  })

  it('methotrexate daily instead of weekly is a danger', () => {
    const given = { strength: '7.5 mg', frequency: 'once-daily' }
    expect(warn(one('Methotrexate', given))).toMatchObject([{ key: 'weekly-only', level: 'danger' }])
    expect(keys(one('Methotrexate', { ...given, frequency: 'once-weekly' }))).toEqual([])
  })

  it('micrograms are not milligrams', () => {
    expect(keys(one('Levothyroxine', { strength: '100 mcg', frequency: 'once-daily' }))).toEqual([])
    expect(keys(one('Levothyroxine', { strength: '100 mg', frequency: 'once-daily' }))).toEqual([
      'dose-single-high',
    ])
  })

  it('age and pregnancy', () => {
    expect(keys(one('Doxycycline', { strength: '100 mg' }), [], { birthDate: '2020-01-01' })).toEqual([
      'too-young',
    ])
    expect(keys(one('Enalapril', { strength: '5 mg' }), [], { isPregnant: true })).toEqual([
      'pregnancy-avoid',
    ])
    const normal = record('Condition', { code: { text: 'Normal pregnancy' } })
    const past = record('Condition', { code: { text: 'Miscarriage in first trimester' } })
    expect(keys(one('Enalapril', { strength: '5 mg' }), [normal])).toEqual(['pregnancy-avoid'])
    expect(keys(one('Enalapril', { strength: '5 mg' }), [past])).toEqual([])
  })

  it('the same twice, already taken, two of a kind', () => {
    expect(keys({ prescriptions: [amoxicillin(), amoxicillin()] })).toEqual(['same-twice'])
    expect(keys(one('Metformin', { strength: '500 mg' }), [taken('Metformin hydrochloride 500 MG')])).toEqual(
      ['already-taken'],
    )
    expect(keys(one('Ibuprofen', { strength: '400 mg' }), [taken('Naproxen 500 mg')])).toEqual(['same-class'])
  })

  it('slips in vital signs, and words that should be filed as sensitive', () => {
    expect(keys({ vitals: { temperature: 98.6 } })).toEqual(['temperature-fahrenheit'])
    expect(keys({ vitals: { heartRate: 210 } })).toEqual(['vital-unusual'])
    expect(keys({ history: 'Known HIV positive' })).toEqual(['sensitive-words'])
    expect(keys({ history: 'Known HIV positive', isSensitive: true })).toEqual([])
  })

  it('no prescription makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.double(), (drug, strength, doseUnit, dose) => {
        warn({ prescriptions: [amoxicillin({ drug, strength, doseUnit, dose })] }, [allergy(drug)])
      }),
    )
  })
})
