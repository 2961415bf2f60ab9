import type { Demographics } from '@curo/contract/patients'

/** What is printed on a card in the clear. The secret, in the QR code's address, is never part of it. */
export type CardDetails = {
  name: string
  /** YYYY-MM-DD. */
  birthDate: string
  address: string[]
  /** 16 digits. */
  cardNumber: string
  hospital: { name: string; phone?: string | undefined }
  /** Address of the home node, such as 'https://asha.example'. */
  homeNode: string
}

export type CardLanguage = 'en' | 'hi'

/** The card of a registered patient. */
export function cardDetailsOf({
  demographics,
  ...rest
}: { demographics: Demographics } & Pick<CardDetails, 'cardNumber' | 'hospital' | 'homeNode'>): CardDetails {
  const { lines = [], city, district, state, postalCode, country } = demographics.address ?? {}
  const place = [city, district === city ? undefined : district].filter(Boolean).join(', ')
  const region = [[state, postalCode].filter(Boolean).join(' '), country].filter(Boolean).join(', ')
  return {
    ...rest,
    name: [demographics.name.given, demographics.name.family].filter(Boolean).join(' '),
    birthDate: demographics.birthDate,
    address: [...lines, place, region].filter((line) => line !== ''),
  }
}

/** A day as people read it, with European digits in both languages; what is no day stays as it is. */
export function formatCardDay(day: string, language: CardLanguage): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return new Intl.DateTimeFormat(`${language}-IN-u-nu-latn`, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** 'asha.example' of 'https://asha.example/'. */
export function hostOf(homeNode: string): string {
  return URL.canParse(homeNode)
    ? new URL(homeNode).host + new URL(homeNode).pathname.replace(/\/$/, '')
    : homeNode
}
