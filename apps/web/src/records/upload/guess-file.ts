import type { Category } from '@curo/crypto/category'
import { categoryOfFile, sniffContentType } from '@curo/fhir/document'

/** What a form begins with: as good a guess as the file allows, all of it hers to change. */
export type FileGuess = {
  /** '' where its name says nothing to a person. */
  title: string
  /** YYYY-MM-DD. */
  occurred: string
  category: Category
  contentType: string
}

/** What a DICOM file says of itself. */
export type DicomHeader = { date?: string | undefined; description?: string | undefined }

const STOP = '(?![\\p{L}\\p{M}])'
const START = '(?<![\\p{L}\\p{M}])'
const words = (list: string) => new RegExp(`${START}(${list})${STOP}`, 'iu')

/** The first that fits. A 'scan' alone may be any paper that went through a scanner. */
const CATEGORIES: readonly (readonly [RegExp, Category])[] = [
  [words('vaccin\\w*|immuni[sz]ation\\w*|टीका|टीकाकरण'), 'immunization'],
  [words('prescription\\w*|rx|medicines?|medication\\w*|दवा|दवाई|पर्चा|पर्ची'), 'prescription'],
  [
    words('x[ _-]?rays?|xr|mri|ct|cect|ultrasound|usg|sonograph\\w*|mammogra\\w*|echo|एक्स[ -]?रे|सोनोग्राफी'),
    'imaging',
  ],
  [
    words(
      'labs?|laborator\\w*|blood|cbc|hba1c|lipids?|thyroid|tsh|lft|kft|urine|biops\\w*|culture|ख़?ून|जाँच|जांच',
    ),
    'laboratory',
  ],
  [words('discharge|summary|छुट्टी'), 'summary'],
  [words('consultation|opd|परामर्श'), 'consultation'],
]

/** Names that cameras, scanners and messengers give. */
const SAYS_NOTHING =
  /^(img|image|dsc[nf]?|pxl|mvimg|photo|picture|pic|screenshot|screen shot|scan|scanned document|doc|document|file|whatsapp image|unnamed|download|camscanner|signal|received)?[\s\d._()-]*(at[\s\d.]*(am|pm)?)?[\s\d._()-]*$/i
const ONLY_AN_ID = /^[0-9a-f]{8,}$/i

const DATES: readonly RegExp[] = [
  /(?<!\d)(?<year>(?:19|20)\d\d)[-_. ]?(?<month>0[1-9]|1[0-2])[-_. ]?(?<day>0[1-9]|[12]\d|3[01])(?!\d)/,
  /(?<!\d)(?<day>0?[1-9]|[12]\d|3[01])[-_. ](?<month>0?[1-9]|1[0-2])[-_. ](?<year>(?:19|20)\d\d)(?!\d)/,
]

const stemOf = (name: string) => name.replace(/\.[\p{L}\d]{1,5}$/u, '')
const spaced = (name: string) => name.replace(/[_\s]+/g, ' ').trim()

function dateIn(name: string): string | undefined {
  for (const pattern of DATES) {
    const { year, month, day } = pattern.exec(name)?.groups ?? {}
    if (!year || !month || !day) continue
    const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    if (isDay(text)) return text
  }
  return undefined
}

/** Whether it is a day that exists: 31 February is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function titleIn(name: string): string {
  const stem = spaced(stemOf(name))
  const withoutDate = spaced(DATES.reduce((text, pattern) => text.replace(pattern, ' '), stem)).replace(
    /^[\s\-–,.]+|[\s\-–,.]+$/g,
    '',
  )
  const title = withoutDate || stem
  return SAYS_NOTHING.test(title) || ONLY_AN_ID.test(title.replaceAll('-', '')) ? '' : capital(title)
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/**
 * Guesses from a file's name, its first bytes, and what a DICOM file says of itself.
 * @param today YYYY-MM-DD: nothing is of a later day
 * @param saved the day on which it was last saved, the last resort
 */
export function guessFile(given: {
  name: string
  first: Uint8Array
  saved: string
  today: string
  dicom?: DicomHeader | undefined
}): FileGuess {
  const { name, first, saved, today, dicom } = given
  const contentType = sniffContentType(first, name)
  const text = spaced(stemOf(name))
  const date = [dicom?.date, dateIn(text), saved].find(
    (day) => day !== undefined && isDay(day) && day <= today,
  )
  return {
    title: dicom?.description?.trim() || titleIn(name),
    occurred: date ?? today,
    category:
      contentType === 'application/dicom'
        ? 'imaging'
        : (CATEGORIES.find(([pattern]) => pattern.test(text))?.[1] ?? categoryOfFile(contentType)),
    contentType,
  }
}
