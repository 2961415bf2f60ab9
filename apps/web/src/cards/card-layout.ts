import { formatCardNumber } from '@curo/crypto/card-number'
import { type CardDetails, type CardLanguage, formatCardDay, hostOf } from './card-details.ts'
import { makeCardQr } from './card-qr.ts'
import { ACCENT, CARD_HEIGHT, CARD_WIDTH, INK, type Mark, MUTED, type Scene } from './card-scene.ts'
import type { PrintWords } from './print-words.ts'
import { type FittedText, fitText } from './text/fit-text.ts'
import type { Weight } from './text/fonts.ts'
import type { Colour } from './text/pdf-text.ts'
import type { Typesetter } from './text/typesetter.ts'

/** Nothing is printed nearer to the edge: card printers and scissors are off by up to 1 mm. */
export const MARGIN = 4
/** The QR code with its quiet zone. */
export const QR_SIDE = 43

/** Type sizes in millimetres; 2.0 is 5.7 points, the smallest that is read without glasses at arm's length. */
const SIZES = {
  mark: [5.2],
  hospital: [2.7, 2.4, 2.1],
  name: [5.2, 4.7, 4.2],
  longName: [4.2, 3.7, 3.3, 2.9],
  label: [2],
  value: [3, 2.7],
  address: [2.9, 2.6, 2.3, 2],
  number: [5],
  advice: [2.3, 2.15, 2],
} as const

const LEADING = 1.28

export type CardContent = {
  details: CardDetails
  /** The address in the QR code, with the card's secret behind its #. */
  address: string
  words: PrintWords
  language: CardLanguage
  typesetter: Typesetter
}

type Place = { x: number; baseline: number; colour: Colour; align?: 'left' | 'right' }

/** Lines one below the other; `x` is the left end, or the right end where they are aligned to it. */
function textMarks({ lines, size }: FittedText, { x, baseline, colour, align = 'left' }: Place): Mark[] {
  return lines.map((line, i) => ({
    kind: 'text',
    line,
    size,
    colour,
    x: align === 'left' ? x : x - line.width * size,
    baseline: baseline + i * size * LEADING,
  }))
}

type Setting = { sizes: readonly number[]; width: number; mostLines?: number; weight?: Weight }

function makeSetter(typesetter: Typesetter) {
  return (text: string | string[], { sizes, width, mostLines = 1, weight = 400 }: Setting): FittedText =>
    fitText(text, typesetter, { sizes, width, mostLines, weight })
}

/** The side that may be shown at a desk: who the person is. No secret is on it. */
export function layoutFront({ details, words, language, typesetter }: Omit<CardContent, 'address'>): Scene {
  const set = makeSetter(typesetter)
  const right = CARD_WIDTH - MARGIN
  const full = CARD_WIDTH - 2 * MARGIN
  const wordmark = set(words.mark, { sizes: SIZES.mark, width: 24, weight: 600 })
  const hospital = set(details.hospital.name, { sizes: SIZES.hospital, width: full - 26, mostLines: 2 })
  const shortName = set(details.name, { sizes: SIZES.name, width: full, weight: 600 })
  const name = shortName.isCut
    ? set(details.name, { sizes: SIZES.longName, width: full, mostLines: 2, weight: 600 })
    : shortName
  const label = (text: string, width: number) => set(text, { sizes: SIZES.label, width })
  const born = set(formatCardDay(details.birthDate, language), {
    sizes: SIZES.value,
    width: 27,
    mostLines: 2,
    weight: 600,
  })
  const address = set(details.address, { sizes: SIZES.address, width: full - 30, mostLines: 4 })
  const number = set(formatCardNumber(details.cardNumber), { sizes: SIZES.number, width: full, weight: 600 })
  const column = MARGIN + 30
  const nameAt = name.lines.length > 1 ? 16.6 : 18
  return {
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
    marks: [
      ...textMarks(wordmark, { x: MARGIN, baseline: 8.4, colour: ACCENT }),
      ...textMarks(hospital, {
        x: right,
        baseline: hospital.lines.length > 1 ? 5.4 : 8.4,
        colour: MUTED,
        align: 'right',
      }),
      { kind: 'rectangle', x: MARGIN, y: 10.6, width: full, height: 0.35, colour: ACCENT },
      ...textMarks(name, { x: MARGIN, baseline: nameAt, colour: INK }),
      ...textMarks(label(words.birthDate, 27), { x: MARGIN, baseline: 27.4, colour: MUTED }),
      ...textMarks(born, { x: MARGIN, baseline: 31.2, colour: INK }),
      ...textMarks(label(words.address, full - 30), { x: column, baseline: 27.4, colour: MUTED }),
      ...textMarks(address, { x: column, baseline: 31.2, colour: INK }),
      ...textMarks(label(words.cardNumber, full), { x: MARGIN, baseline: 44.2, colour: MUTED }),
      ...textMarks(number, { x: MARGIN, baseline: 49.6, colour: INK }),
    ],
  }
}

/**
 * The side that opens: the QR code and what to do with a card that was found. It is the back, so that a photocopy of the side
 * with the name, as desks make them, does not copy the secret.
 */
export function layoutBack({ details, address, words, typesetter }: Omit<CardContent, 'language'>): Scene {
  const set = makeSetter(typesetter)
  const qrTop = (CARD_HEIGHT - QR_SIDE) / 2
  const qrLeft = 2.6
  const x = qrLeft + QR_SIDE + 1.6
  const width = CARD_WIDTH - MARGIN - x
  const number = set(formatCardNumber(details.cardNumber), { sizes: [3.4, 3.2, 3], width, weight: 600 })
  const found = set(words.foundTitle, { sizes: [2.6, 2.4], width, mostLines: 2, weight: 600 })
  const what = set(details.hospital.phone ? words.foundCall : words.found, {
    sizes: SIZES.advice,
    width,
    mostLines: 4,
  })
  const giver = set(details.hospital.name, { sizes: SIZES.advice, width, mostLines: 2, weight: 600 })
  const phone = set(details.hospital.phone ?? '', { sizes: SIZES.advice, width })
  const host = set(hostOf(details.homeNode), { sizes: SIZES.advice, width, mostLines: 2 })
  const keep = set(words.keep, { sizes: SIZES.advice, width, mostLines: 4 })
  const marks: Mark[] = [
    { kind: 'qr', qr: makeCardQr(address, QR_SIDE), x: qrLeft, y: qrTop, side: QR_SIDE },
    ...textMarks(number, { x, baseline: 10.6, colour: INK }),
    { kind: 'rectangle', x, y: 12.6, width, height: 0.35, colour: ACCENT },
  ]
  let baseline = 17
  for (const [text, colour, after] of [
    [found, INK, 0.3],
    [what, INK, 0.9],
    [giver, INK, 0],
    [phone, INK, 0],
    [host, MUTED, 1.6],
    [keep, MUTED, 0],
  ] as const) {
    marks.push(...textMarks(text, { x, baseline, colour }))
    baseline += text.lines.length * text.size * LEADING + (text.lines.length > 0 ? after : 0)
  }
  return { width: CARD_WIDTH, height: CARD_HEIGHT, marks }
}
