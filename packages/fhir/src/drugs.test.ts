import { beforeAll, describe, expect, it } from 'vitest'
import { consultationWarnings, FREQUENCIES } from './consultation.ts'
import { type DrugList, drugCode, loadDrugs } from './drugs.ts'
import { summaryOf } from './summary.ts'
import { amoxicillin, fullForm } from './testing/consultation-form.ts'

let drugs: DrugList
beforeAll(async () => {
  drugs = await loadDrugs()
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
