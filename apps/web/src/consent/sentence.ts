import type { Grant, Scope } from '@curo/contract/consent'
import { CATEGORIES, type Category } from '@curo/crypto/category'
import type { Format } from '../app/format.ts'
import { strong } from '../app/RichText.tsx'
import type { Words } from '../app/words.ts'

/** What is asked for or allowed, as a request and a grant have it. */
export type Terms = Pick<Grant, 'scope' | 'purpose' | 'use' | 'notAfter'>

type Says = { t: Words<'consent'>['t']; format: Format; now?: Date }

/** All that a doctor may be given without naming it: everything but `sensitive`. */
const USUAL: readonly Category[] = CATEGORIES.filter((category) => category !== 'sensitive')

/** `laboratory results and vaccinations (from 1 January 2024 on)` */
export function sayScope({ categories, records, from, to }: Scope, { t, format }: Says): string {
  const hasAllUsual = USUAL.every((category) => categories.includes(category))
  const named = hasAllUsual ? categories.filter((category) => !USUAL.includes(category)) : categories
  const kinds = CATEGORIES.filter((category) => named.includes(category)).map((category) =>
    t(`categories.${category}`),
  )
  const what = format.list([
    ...(hasAllUsual ? [t('everything')] : []),
    ...kinds,
    ...(records.length > 0 ? [t('records', { count: records.length })] : []),
  ])
  const days = sayDays({ from, to }, { t, format })
  return days === null ? what : `${what} (${days})`
}

function sayDays({ from, to }: Pick<Scope, 'from' | 'to'>, { t, format }: Says): string | null {
  if (from && to) return t('days.between', { from: format.date(from, 'long'), to: format.date(to, 'long') })
  if (from) return t('days.from', { from: format.date(from, 'long') })
  return to ? t('days.to', { to: format.date(to, 'long') }) : null
}

/** A time alone for today, day and time within two days, else the day. */
export function sayUntil(notAfter: string, { format, now = new Date() }: Omit<Says, 't'>): string {
  const end = new Date(notAfter)
  if (end.toDateString() === now.toDateString()) return format.time(end)
  const isSoon = Math.abs(end.getTime() - now.getTime()) < 48 * 3_600_000
  return isSoon ? format.dateTime(end) : format.date(end, 'long')
}

/** `your treatment (“second opinion”)` */
export function sayWhy({ code, text }: Grant['purpose'], { t }: Pick<Says, 't'>): string {
  const purpose = t(`purposes.${code}`)
  return text ? t('reason', { purpose, text }) : purpose
}

/** `Dr Rao (cardiology)` */
export const sayDoctor = ({ name, speciality }: { name: string; speciality: string | null }): string =>
  speciality ? `${name} (${speciality})` : name

/** Who, what, why and until when in one sentence for RichText, with what matters standing out. */
export function sayTerms(
  said: 'asks' | 'may',
  doctor: string,
  { scope, purpose, use, notAfter }: Terms,
  says: Says,
): string {
  const { t, format } = says
  return t(`${said}.${use}`, {
    doctor: strong(doctor),
    what: strong(sayScope(scope, says)),
    until: strong(sayUntil(notAfter, { format, ...(says.now ? { now: says.now } : {}) })),
    why: sayWhy(purpose, says),
  })
}
