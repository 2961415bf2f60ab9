import { beforeAll, describe, expect, it } from 'vitest'
import { type Icd10List, icd10Coding, loadIcd10 } from './icd10.ts'

let list: Icd10List
beforeAll(async () => {
  list = await loadIcd10()
})

describe('the list of diagnoses', () => {
  it('is whole: every code is one, once; the common ones have Hindi', () => {
    expect(list.codes.length).toBeGreaterThan(1200)
    for (const { code, english, hindi, isCommon } of list.codes) {
      expect(code).toMatch(/^[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?$/)
      expect(english, code).toMatch(/^[A-Z]/)
      expect(hindi, code).toMatch(isCommon ? /[\u0900-\u097f]/ : /^$|[\u0900-\u097f]/)
      expect(`${english}${hindi}`, code).not.toMatch(/\s{2}|^\s|\s$/)
    }
    expect(new Set(list.codes.map(({ code }) => code)).size).toBe(list.codes.length)
    expect(new Set(list.codes.map(({ english }) => english)).size).toBe(list.codes.length)
  })

  it.each([
    ['A90', 'A90'],
    ['a0100', 'A01.00'],
    ['b35.', 'B35.0'],
    ['dengue', 'A90'],
    ['डेंगू', 'A90'],
    ['malaria', 'B54'],
    ['मलेरिया', 'B54'],
    ['TB', 'A15.0'],
    ['loose motions', 'A09'],
    ['ringworm', 'B35.4'],
    ['tubercolosis lung', 'A15.0'],
    ['i10', 'I10'],
    ['high BP', 'I10'],
    ['बीपी', 'I10'],
    ['sugar', 'E11.9'],
    ['मधुमेह', 'E11.9'],
    ['asthma', 'J45.909'],
    ['fever', 'R50.9'],
    ['कमर दर्द', 'M54.50'],
    ['UTI', 'N39.0'],
    ['STEMI', 'I21.3'],
    ['hepatocellular', 'C22.0'],
    ['OP poisoning', 'T60.0X1A'],
    ['scorpion', 'T63.2X1A'],
    ['बिच्छू', 'T63.2X1A'],
    ['club foot', 'Q66.00'],
    ['LSCS', 'O82'],
    ['slipped disc', 'M51.26'],
    ['plantar fasciitis', 'M72.2'],
    ['जुड़वाँ', 'O30.009'],
    ['PDA', 'Q25.0'],
    ['stye', 'H00.019'],
  ])('%s finds %s first', (query, code) => {
    expect(list.search(query)[0]?.code).toBe(code)
  })

  it('lists what begins with a code in the order of codes', () => {
    const codes = list.search('E11', 50).map(({ code }) => code)
    expect(codes.length).toBeGreaterThan(15)
    expect(codes).toEqual([...codes].sort())
  })

  it('finds in less than 10 ms of work, and nothing for nothing', () => {
    const queries = ['d', 'diab', 'acute inf', 'J06', 'मधु', 'xyzzyplugh', 'diabtes melitus']
    list.search('warm')
    const started = process.cpuUsage()
    for (let run = 0; run < 20; run++) for (const query of queries) list.search(query)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000 / (20 * queries.length)).toBeLessThan(10)
    expect(list.search(' ')).toEqual([])
    expect(list.search('*.|')).toEqual([])
    expect(icd10Coding(list.find('A90') as never).system).toBe('http://hl7.org/fhir/sid/icd-10-cm')
  })
})
