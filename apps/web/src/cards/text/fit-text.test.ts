import { beforeAll, describe, expect, it } from 'vitest'
import { readInstalledFont } from '../testing/node-fonts.ts'
import { fitText } from './fit-text.ts'
import { tidyText } from './tidy-text.ts'
import { makeTypesetter, type Typesetter } from './typesetter.ts'

describe('text in a box', () => {
  let typesetter: Typesetter
  beforeAll(async () => {
    typesetter = await makeTypesetter({ texts: ['a', 'क'], readFont: readInstalledFont })
  })
  const fit = (text: string | string[], options: { width: number; sizes?: number[]; mostLines?: number }) => {
    const fitted = fitText(text, typesetter, { sizes: [4, 3, 2], mostLines: 2, weight: 400, ...options })
    for (const line of fitted.lines) expect(line.width * fitted.size).toBeLessThanOrEqual(options.width)
    return { lines: fitted.lines.map(({ text: line }) => line), size: fitted.size, isCut: fitted.isCut }
  }

  it('keeps the largest size at which it fits', () => {
    expect(fit('Meera Kulkarni', { width: 40 })).toEqual({ lines: ['Meera Kulkarni'], size: 4, isCut: false })
    expect(fit('Meera Kulkarni', { width: 18 })).toEqual({
      lines: ['Meera', 'Kulkarni'],
      size: 4,
      isCut: false,
    })
    expect(fit('Meera Kulkarni Joshi', { width: 20 }).size).toBe(3)
  })

  it('cuts what fits at no size, with an ellipsis', () => {
    const { lines, isCut, size } = fit('Meera Kulkarni '.repeat(20), { width: 30 })
    expect({ isCut, size, count: lines.length }).toEqual({ isCut: true, size: 2, count: 2 })
    expect(lines[1]).toMatch(/…$/)
    expect(lines[0]).not.toMatch(/…/)
  })

  it('breaks a word only where it is wider than a line, and never inside a syllable', () => {
    const { lines } = fit('क्षत्रिय'.repeat(6), { width: 30, mostLines: 6, sizes: [4] })
    expect(lines.join('')).toBe('क्षत्रिय'.repeat(6))
    for (const line of lines) expect(line).not.toMatch(/^[\u0900-\u0903\u093a-\u094f]|्$/u)
  })

  it('begins each paragraph on its own line as long as there are enough', () => {
    expect(fit(['Lake Road', 'Pune'], { width: 40 }).lines).toEqual(['Lake Road', 'Pune'])
    expect(fit(['Lake Road', 'Pune', 'India'], { width: 60, sizes: [4] }).lines).toEqual([
      'Lake Road, Pune, India',
    ])
    expect(fit(['', ' ', 'Pune'], { width: 40 }).lines).toEqual(['Pune'])
    expect(fit([], { width: 40 }).lines).toEqual([])
  })

  it('a box too narrow for a letter has an ellipsis at most', () => {
    expect(
      fitText('Meera', typesetter, { sizes: [4], mostLines: 1, weight: 400, width: 1 }).lines[0]?.text,
    ).toBe('…')
  })
})

describe('tidied text', () => {
  it('has no control, no reordering mark and no doubled white space', () => {
    expect(tidyText(' Meera\u202e\u0000\n\t Kul\u2066karni\ufeff ')).toBe('Meera Kulkarni')
  })
  it('keeps the joiners that Devanagari and emoji need', () => {
    expect(tidyText('क्\u200dष 👩‍⚕️')).toBe('क्\u200dष 👩‍⚕️')
  })
  it('has at most six marks on a letter and 400 characters', () => {
    expect(tidyText(`a${'\u0323'.repeat(50)}b`).length).toBeLessThanOrEqual(8)
    expect([...tidyText('x'.repeat(100_000))]).toHaveLength(401)
    expect(tidyText('x'.repeat(400))).toHaveLength(400)
  })
})
