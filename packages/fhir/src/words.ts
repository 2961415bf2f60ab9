import type { CodeableConcept, Coding } from './types.ts'

/** Control, zero-width and direction-changing characters: they garble a line or disguise what it says. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu
/** 'Fracture of ankle (disorder)': SNOMED's tag says nothing to a reader. */
const SEMANTIC_TAG =
  / \((?:disorder|finding|procedure|situation|regime\/therapy|observable entity|event|substance|product|body structure|record artifact|physical object|qualifier value|morphologic abnormality|organism|person|medicinal product|clinical drug)\)$/

/** Letters kept of ZWJ and ZWNJ, which Devanagari and emoji need. */
function clean(text: string): string {
  return text
    .replace(INVISIBLE, (found) => (/^[\u200c\u200d]+$/.test(found) ? found : ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** One line of at most `length` characters, cut at a word where possible. */
export function oneLine(text: unknown, length = 120): string | undefined {
  if (typeof text !== 'string') return undefined
  const line = clean(text.slice(0, 20 * length))
  if (line === '') return undefined
  const characters = [...line]
  if (characters.length <= length) return line
  const start = characters.slice(0, length - 1).join('')
  const space = start.lastIndexOf(' ')
  return `${(space > length / 2 ? start.slice(0, space) : start).trimEnd()}…`
}

function codingWords(coding: Coding | undefined): string | undefined {
  return oneLine(coding?.display)
}

/** What a concept is called: its text, else the display the user chose, else any display, else its code. */
export function conceptWords(concept: CodeableConcept | Coding | undefined): string | undefined {
  if (typeof concept !== 'object' || concept === null) return undefined
  const { text, coding } = concept as CodeableConcept
  const list: Coding[] = Array.isArray(coding)
    ? coding
    : 'code' in concept || 'display' in concept
      ? [concept as Coding]
      : []
  const chosen = list.find((one) => one?.userSelected === true)
  const words =
    oneLine(text) ??
    codingWords(chosen) ??
    list.map(codingWords).find((display) => display !== undefined) ??
    oneLine(list[0]?.code, 40)
  return words?.replace(SEMANTIC_TAG, '')
}

/** The words of the first concept that has any. */
export function firstWords(
  concepts: readonly (CodeableConcept | Coding | undefined)[] | undefined,
): string | undefined {
  return Array.isArray(concepts) ? concepts.map(conceptWords).find((words) => words !== undefined) : undefined
}

/** 'QuestionnaireResponse' → 'Questionnaire response' */
export function typeWords(type: string): string {
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** LOINC's long names say property, scale and method, which no reader needs: 'Albumin [Mass/volume] in Serum or Plasma'. */
export function plainTestName(title: string): string {
  const plain = title
    .replace(/\s*\[[^\]]*\]/g, '')
    .replace(
      / by (Automated count|Test strip|calculation|Manual count|Electrophoresis|HPLC|Oximetry|Pulse oximetry)\b.*$/i,
      '',
    )
    .replace(/ in (Serum or Plasma|Serum, Plasma or Blood|Serum|Plasma|Blood)$/i, '')
    .trim()
  return plain === '' ? title : plain
}
