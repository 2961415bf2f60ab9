import type { Category } from '@curo/crypto/category'
import { attempt } from '../attempt.ts'
import type { Resolver } from '../references.ts'
import type { EntryKind } from '../timeline/kinds.ts'
import { type TimelineSource, timelineEntryOf } from '../timeline.ts'

/** What the index holds of a record. */
export interface SearchDocument {
  readonly record: string
  readonly category: Category
  readonly title: string
  /** Results, dosages: what stands under the title. */
  readonly values: string
  readonly codes: string
  /** Everything else that was written in it. */
  readonly text: string
  /** 'YYYY-MM-DD', its year and month. */
  readonly date: string
}

/** By what else people look for a kind of record. */
const KIND_WORDS: Readonly<Partial<Record<EntryKind, string>>> = {
  visit: 'visit मुलाकात',
  'emergency-visit': 'emergency visit आपातकाल',
  'hospital-stay': 'hospital stay admission अस्पताल भर्ती',
  'online-visit': 'online video visit ऑनलाइन',
  'consultation-note': 'consultation note परामर्श',
  diagnosis: 'diagnosis problem रोग निदान',
  allergy: 'allergy एलर्जी',
  procedure: 'procedure operation प्रक्रिया',
  prescription: 'prescription medicine दवा पर्ची',
  'medicine-given': 'medicine दवा',
  'medicine-taken': 'medicine दवा',
  'lab-result': 'lab test result जांच',
  'lab-report': 'lab report जांच रिपोर्ट',
  scan: 'scan imaging picture स्कैन',
  'scan-report': 'scan report स्कैन रिपोर्ट',
  vaccination: 'vaccine vaccination immunization टीका',
  'vital-sign': 'vitals',
  document: 'document दस्तावेज',
  file: 'file document दस्तावेज',
  referral: 'referral',
  'test-request': 'test request जांच',
}

/** Elements that hold no words a reader would look for: addresses, ids, bytes, statuses. */
const SILENT = new Set(
  `resourceType id meta system reference fullUrl url implicitRules language data hash identifier status use rank subject
  patient encounter linkId contentType`.split(/\s+/),
)
const MOST_TEXT = 20_000
const MOST_LEVELS = 20

interface Found {
  text: string[]
  codes: string[]
  length: number
}

function plainWords(markup: string): string {
  return markup.replace(/<[^>]*>/g, ' ').replace(/&[a-z]+;|&#\d+;/gi, ' ')
}

function collect(value: unknown, name: string, found: Found, level: number): void {
  if (level > MOST_LEVELS || found.length > MOST_TEXT) return
  if (typeof value === 'string') {
    if (/^[\d-]{8,10}(T[\d:.+Z-]*)?$/.test(value) || /^(urn:|https?:)/.test(value)) return
    const words = (name === 'div' ? plainWords(value) : value).slice(0, 4000)
    const list = name === 'code' ? found.codes : found.text
    list.push(words)
    found.length += words.length
  } else if (typeof value === 'number') {
    if (name === 'value') found.text.push(String(value))
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, name, found, level + 1)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      if (!SILENT.has(key)) collect(inner, key, found, level + 1)
  }
}

/** What can be found of a record: its content where it was opened, else its stub. Nothing of one that was altered. */
export function searchDocumentOf(
  source: TimelineSource,
  resolve: Resolver = () => undefined,
): SearchDocument | undefined {
  const entry = timelineEntryOf(source, resolve)
  if (entry.state !== 'open' && entry.state !== 'listed') return undefined
  const found: Found = { text: [], codes: [], length: 0 }
  if (entry.state === 'open') attempt(() => collect(source.resource, '', found, 0))
  const said = entry.line.flatMap(({ values }) => Object.values(values ?? {})).join(' ')
  const measured = entry.measurement?.replaceAll('-', ' ') ?? ''
  const { date } = entry
  return {
    record: source.record,
    category: entry.category,
    title: entry.title,
    values: said,
    codes: [entry.code?.code ?? '', ...found.codes].join(' '),
    text: [KIND_WORDS[entry.kind] ?? '', entry.author?.name ?? '', measured, ...found.text].join(' '),
    date: date === undefined ? '' : `${date} ${date.slice(0, 7)} ${date.slice(0, 4)}`,
  }
}
