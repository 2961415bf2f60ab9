import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChartRecord } from './chart/record.ts'
import { doseAmount, strengthOf } from './consultation/amounts.ts'
import {
  addendumRecord,
  type Consultation,
  consultationProblems,
  consultationRecords,
  consultationWarnings,
  FREQUENCIES,
  isEmptyConsultation,
  narrativeText,
  newConsultation,
  newDiagnosis,
  newOrder,
  newPrescription,
  type PrescriptionEntry,
  parseDraft,
  serializeDraft,
  signedConsultationOf,
  VITAL_FIELD_NAMES,
  VITAL_FIELDS,
} from './consultation.ts'
import { type DrugList, drugCode, loadDrugs } from './drugs.ts'
import { summaryOf } from './summary.ts'
import { record } from './testing/chart.ts'
import { readDefinitions } from './testing/definitions.ts'
import { timelineEntryOf } from './timeline.ts'
import type { Composition } from './types.ts'
import { makeValidator, type Validator } from './validate.ts'

let validator: Validator
let drugs: DrugList
beforeAll(async () => {
  validator = makeValidator(readDefinitions())
  drugs = await loadDrugs()
})

const newId = () => globalThis.crypto.randomUUID()
const context = {
  patient: 'Patient/p1',
  doctor: { reference: 'Practitioner/d1', name: 'Dr Asha Rao' },
  hospital: { name: 'City Hospital' },
  signed: '2024-06-01T10:20:00Z',
}
const amoxicillin = (given: Partial<PrescriptionEntry> = {}) =>
  newPrescription(newId(), {
    drug: 'Amoxicillin',
    form: 'capsule',
    strength: '500 mg',
    dose: 1,
    doseUnit: 'capsule',
    frequency: 'three-times-daily',
    food: 'after-food',
    duration: 5,
    ...given,
  })

function fullForm(given: Partial<Consultation> = {}): Consultation {
  return {
    ...newConsultation({ newId, started: '2024-06-01T10:00:00Z' }),
    complaint: 'Cough and fever for 3 days',
    history: 'No travel.\nNon-smoker <never>.\n\nBrother had "flu" & recovered.',
    findings: 'गले में लालिमा',
    vitals: { systolic: 122, diastolic: 78, temperature: 38.4, oxygenSaturation: 97, glucose: 110 },
    diagnoses: [
      newDiagnosis(newId(), {
        text: 'Acute bronchitis, unspecified',
        code: {
          system: 'http://hl7.org/fhir/sid/icd-10-cm',
          code: 'J20.9',
          display: 'Acute bronchitis, unspecified',
        },
        note: 'left base',
      }),
      newDiagnosis(newId(), { text: 'Asthma', certainty: 'differential' }),
    ],
    plan: 'Rest, fluids.',
    orders: [
      newOrder(newId(), { text: 'Chest X-ray', kind: 'imaging', isUrgent: true }),
      newOrder(newId(), { text: 'To chest clinic', kind: 'referral', note: 'if no better' }),
    ],
    prescriptions: [
      amoxicillin({ instruction: 'Finish all of it' }),
      newPrescription(newId(), {
        drug: 'Paracetamol',
        form: 'tablet',
        strength: '500 mg',
        dose: 1,
        doseUnit: 'tablet',
        isAsNeeded: true,
      }),
    ],
    followUp: { on: '2024-06-08', note: 'with the X-ray' },
    ...given,
  }
}

const chartOf = (form: Consultation): ChartRecord[] =>
  consultationRecords(form, context).map(({ resource }) => ({ id: `rec-${resource.id}`, resource }))
const noteOf = (records: readonly ChartRecord[]) =>
  records.find(({ resource }) => resource.resourceType === 'Composition') as ChartRecord

describe('what is signed is FHIR R4', () => {
  it('every resource is valid, has an id of its own, and nothing is lost on the way back', () => {
    const form = fullForm()
    const records = consultationRecords(form, context)
    for (const { resource } of records)
      expect(validator.validateResource(resource).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(new Set(records.map(({ resource }) => resource.id)).size).toBe(records.length)
    const chart = chartOf(form)
    expect(signedConsultationOf(noteOf(chart), chart)?.form).toEqual({ ...form, series: expect.any(String) })
  })

  it('whatever is written, in any order of records', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((one) => one.replace(/\s+/g, ' ').trim())
    const line = text.filter((one) => /\p{L}/u.test(one) && !/[\p{C}\p{M}\ufffe\uffff]/u.test(one))
    fc.assert(
      fc.property(
        text,
        line,
        line,
        fc.constantFrom(...Object.keys(FREQUENCIES)),
        fc.integer({ min: 1, max: 40 }),
        (complaint, diagnosis, drug, frequency, duration) => {
          const form = fullForm({
            complaint,
            diagnoses: [newDiagnosis(newId(), { text: diagnosis })],
            prescriptions: [amoxicillin({ drug: 'Amoxicillin', frequency, duration, instruction: drug })],
          })
          const chart = chartOf(form).reverse()
          for (const { resource } of chart)
            expect(
              validator.validateResource(resource).filter(({ severity }) => severity === 'error'),
            ).toEqual([])
          const back = signedConsultationOf(noteOf(chart), chart)?.form
          expect(back?.prescriptions[0]).toMatchObject({ frequency, duration, food: 'after-food' })
          expect(back?.complaint).toBe(
            complaint.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').trim(),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('what it becomes is what the summary and the timeline show', () => {
    const chart = chartOf(fullForm())
    const summary = summaryOf(chart, { today: '2024-06-02' })
    expect(summary.problems.map(({ title, certainty }) => [title, certainty])).toEqual([
      ['Acute bronchitis, unspecified', 'confirmed'],
      ['Asthma', 'suspected'],
    ])
    expect(summary.medications.map(({ title }) => title)).toEqual([
      'Amoxicillin 500 mg capsule',
      'Paracetamol 500 mg tablet',
    ])
    expect(summary.vitals.find(({ key }) => key === 'blood-pressure')?.value).toBe('122/78')
    expect(summary.visits[0]).toMatchObject({ clinician: 'Dr Asha Rao', place: 'City Hospital' })
    expect(timelineEntryOf({ record: 'x', resource: noteOf(chart).resource }).kind).toBe('consultation-note')
    expect(summaryOf(chart, { today: '2024-07-01' }).medications.map(({ title }) => title)).toEqual([
      'Paracetamol 500 mg tablet',
    ])
  })

  it('half a blood pressure and an empty plan make no half resources', () => {
    const form = fullForm({ vitals: { systolic: 120 }, plan: '', followUp: { note: '' } })
    const types = consultationRecords(form, context).map(({ resource }) => resource.resourceType)
    expect(types.filter((type) => type === 'Observation')).toHaveLength(1)
    expect(types).not.toContain('CarePlan')
  })
})

describe('attacks and accidents', () => {
  it('a sensitive diagnosis takes the note, the visit and the plan with it, and leaves the rest', () => {
    const form = fullForm({
      diagnoses: [
        newDiagnosis(newId(), {
          text: 'HIV disease',
          code: { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20' },
        }),
      ],
    })
    const categories = Object.fromEntries(
      consultationRecords(form, context).map(({ resource, category }) => [resource.resourceType, category]),
    )
    expect(categories).toMatchObject({
      Condition: 'sensitive',
      Composition: 'sensitive',
      Encounter: 'sensitive',
      CarePlan: 'sensitive',
      MedicationRequest: 'prescription',
    })
    const all = consultationRecords(fullForm({ isSensitive: true }), context)
    expect(new Set(all.map(({ category }) => category))).toEqual(new Set(['sensitive']))
  })

  it('what the doctor types is text, never markup', () => {
    const form = fullForm({ complaint: '</p></div><script>alert(1)</script><img src=x onerror=alert(1)>' })
    const chart = chartOf(form)
    const div = (noteOf(chart).resource as Composition).section?.[0]?.text?.div ?? ''
    expect(div).not.toMatch(/<script|<img/)
    expect(signedConsultationOf(noteOf(chart), chart)?.form.complaint).toBe(form.complaint)
  })

  it('a narrative of another system is read as its words', () => {
    const div =
      '<div><style>p{}</style><h2>Plan</h2><ul><li>Rest</li><li>Water &#38; salt</li></ul><script>x()</script><!-- no --></div>'
    expect(narrativeText({ status: 'generated', div })).toBe('Plan\n\n• Rest\n• Water & salt')
    expect(narrativeText({ status: 'generated', div: '&#xd800;&#x110000;&nope;a' }).trim()).toBe('a')
  })

  it('a signed note is added to, not changed', () => {
    const chart = chartOf(fullForm())
    const first = noteOf(chart).resource as Composition
    const addendum = addendumRecord(first, {
      id: newId(),
      text: 'X-ray clear.',
      context: { ...context, signed: '2024-06-03T09:00:00Z' },
    })
    expect(
      validator.validateResource(addendum.resource).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    const read = signedConsultationOf(noteOf(chart), [...chart, { id: 'add', resource: addendum.resource }])
    expect(read?.addenda).toEqual([
      { record: 'add', text: 'X-ray clear.', author: 'Dr Asha Rao', signed: '2024-06-03T09:00:00Z' },
    ])
    expect(timelineEntryOf({ record: 'x', resource: addendum.resource }).kind).toBe('addendum')
    expect(() => addendumRecord(first, { id: newId(), text: ' ', context })).toThrow(RangeError)
    expect(() =>
      addendumRecord({ ...first, status: 'preliminary' }, { id: newId(), text: 'x', context }),
    ).toThrow(RangeError)
  })
})

describe('the draft', () => {
  it('comes back as it was', () => {
    const form = fullForm()
    expect(parseDraft(serializeDraft(form))).toEqual(form)
    expect(isEmptyConsultation(newConsultation({ newId, started: '2024-06-01T10:00:00Z' }))).toBe(true)
    expect(isEmptyConsultation(form)).toBe(false)
  })

  it('from something else is none, and never a form with fields of a wrong type', () => {
    for (const bad of ['', 'null', '{}', '[]', '{"format":"curo-consultation-draft","version":2,"form":{}}'])
      expect(parseDraft(bad)).toBeUndefined()
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(fullForm())), fc.jsonValue({ maxDepth: 3 })),
        (fields) => {
          const form = { id: 'a', visit: 'b', series: 'c', started: 'd', ...fields }
          const parsed = parseDraft(JSON.stringify({ format: 'curo-consultation-draft', version: 1, form }))
          if (!parsed) return
          expect(parseDraft(serializeDraft(parsed))).toEqual(parsed)
          consultationProblems(parsed)
          consultationRecords(parsed, context)
        },
      ),
    )
  })
})

describe('what must be put right', () => {
  const keys = (form: Consultation) => consultationProblems(form).map(({ path, key }) => `${path}:${key}`)

  it('nothing in a whole form', () => {
    expect(consultationProblems(fullForm())).toEqual([])
  })

  it('each fault at its field', () => {
    expect(keys(newConsultation({ newId, started: '2024-06-01T10:00:00Z' }))).toEqual([':empty'])
    expect(keys(fullForm({ vitals: { systolic: 120 } }))).toEqual(['vitals.diastolic:half-a-pressure'])
    expect(keys(fullForm({ vitals: { systolic: 80, diastolic: 120 } }))).toEqual([
      'vitals.diastolic:pressure-reversed',
    ])
    expect(keys(fullForm({ vitals: { temperature: 98.6, weight: Number.NaN } }))).toEqual([
      'vitals.temperature:out-of-range',
      'vitals.weight:out-of-range',
    ])
    expect(keys(fullForm({ prescriptions: [newPrescription(newId())] }))).toEqual([
      'prescriptions.0.drug:required',
      'prescriptions.0.dose:required',
      'prescriptions.0.frequency:required',
    ])
    expect(keys(fullForm({ prescriptions: [amoxicillin({ dose: -1, frequency: 'constructor' })] }))).toEqual([
      'prescriptions.0.dose:not-positive',
      'prescriptions.0.frequency:unknown-frequency',
    ])
    expect(keys(fullForm({ diagnoses: [newDiagnosis(newId())] }))).toEqual(['diagnoses.0.text:required'])
    expect(keys(fullForm({ followUp: { on: '2024-02-31', note: '' } }))).toEqual(['followUp.on:no-such-day'])
    expect(keys(fullForm({ followUp: { on: '2024-05-31', note: '' } }))).toEqual(['followUp.on:in-the-past'])
    expect(keys(fullForm({ plan: 'x'.repeat(100_000) }))).toEqual(['plan:too-long'])
  })
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

describe('the list of medicines', () => {
  it('is whole: every line has its parts, every usual dose is within its limits', () => {
    expect(drugs.drugs.length).toBeGreaterThan(300)
    for (const drug of drugs.drugs) {
      expect(drug.name, drug.name).toMatch(/^[A-Z]/)
      expect(drug.hindi, drug.name).toMatch(/[\u0900-\u097f]/)
      expect(drug.atc, drug.name).toMatch(/^[A-V]\d\d[A-Z]{1,2}(\d\d)?$/)
      expect(drug.classes.length, drug.name).toBeGreaterThan(0)
      for (const { form, strengths } of drug.forms) {
        expect(form, drug.name).toMatch(/^[a-z ]+$/)
        expect(strengths.length, drug.name).toBeGreaterThan(0)
      }
      const { single, daily } = drug.limits
      if (single !== undefined && daily !== undefined) expect(daily, drug.name).toBeGreaterThanOrEqual(single)
      if (!drug.usual) continue
      expect(drug.usual.isAsNeeded || drug.usual.frequency in FREQUENCIES, drug.name).toBe(true)
      const entry = amoxicillin({
        ...drug.usual,
        drug: drug.name,
        strength: drug.forms[0]?.strengths[0] ?? '',
      })
      const found = consultationWarnings(fullForm({ prescriptions: [entry], vitals: {} }), {
        summary: summaryOf([]),
        drugs,
      })
      expect(
        found.filter(({ level }) => level === 'danger'),
        drug.name,
      ).toEqual([])
    }
    expect(new Set(drugs.drugs.map(({ name }) => name)).size).toBe(drugs.drugs.length)
  })

  it.each([
    ['amox', 'Amoxicillin'],
    ['paracetmol', 'Paracetamol'],
    ['acetaminophen', 'Paracetamol'],
    ['पैरासिटामोल', 'Paracetamol'],
    ['metf', 'Metformin'],
    ['clav', 'Amoxicillin with clavulanic acid'],
    ['ORS', 'Oral rehydration salts'],
    ['insulin gl', 'Insulin glargine'],
  ])('%s finds %s first', (query, name) => {
    expect(drugs.search(query)[0]?.name).toBe(name)
  })

  it('finds in less than 10 ms of work, and nothing for nothing', () => {
    const started = process.cpuUsage()
    for (let run = 0; run < 50; run++)
      for (const query of ['a', 'amox', 'xyzzyplugh', 'insulin']) drugs.search(query)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000 / 200).toBeLessThan(10)
    expect(drugs.search(' ')).toEqual([])
    expect(drugs.find('constructor')).toBeUndefined()
    expect(drugCode(drugs.find('Amoxicillin 500 mg') as never)).toEqual({
      system: 'http://www.whocc.no/atc',
      code: 'J01CA04',
      display: 'Amoxicillin',
    })
  })
})

it('every vital sign of the form has a unit and a range that makes sense', () => {
  for (const name of VITAL_FIELD_NAMES)
    expect(VITAL_FIELDS[name].most).toBeGreaterThan(VITAL_FIELDS[name].least)
})
