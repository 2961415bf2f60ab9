import type { PostalAddress } from './person.ts'

/** Towns with invented streets; postal codes are those of the town's head office. */
const PLACES = {
  nashik: ['Nashik', 'Maharashtra', '422001', 'IN'],
  vadodara: ['Vadodara', 'Gujarat', '390001', 'IN'],
  kochi: ['Kochi', 'Kerala', '682011', 'IN'],
  pune: ['Pune', 'Maharashtra', '411001', 'IN'],
  lucknow: ['Lucknow', 'Uttar Pradesh', '226001', 'IN'],
  aizawl: ['Aizawl', 'Mizoram', '796001', 'IN'],
  guwahati: ['Guwahati', 'Assam', '781001', 'IN'],
  hyderabad: ['Hyderabad', 'Telangana', '500001', 'IN'],
  ludhiana: ['Ludhiana', 'Punjab', '141001', 'IN'],
  kolkata: ['Kolkata', 'West Bengal', '700001', 'IN'],
  udaipur: ['Udaipur', 'Rajasthan', '313001', 'IN'],
  panaji: ['Panaji', 'Goa', '403001', 'IN'],
  gwalior: ['Gwalior', 'Madhya Pradesh', '474001', 'IN'],
  varanasi: ['Varanasi', 'Uttar Pradesh', '221001', 'IN'],
  amritsar: ['Amritsar', 'Punjab', '143001', 'IN'],
  kozhikode: ['Kozhikode', 'Kerala', '673001', 'IN'],
  muscat: ['Muscat', 'Muscat', '100', 'OM'],
  denpasar: ['Denpasar', 'Bali', '80111', 'ID'],
  hue: ['Huế', 'Thừa Thiên Huế', '530000', 'VN'],
} as const
export type Place = keyof typeof PLACES
export const INDIAN_PLACES = (Object.keys(PLACES) as Place[]).filter((place) => PLACES[place][3] === 'IN')

export function addressIn(place: Place, ...lines: string[]): PostalAddress {
  const [city, state, postalCode, country] = PLACES[place]
  return { lines, city, state, postalCode, country }
}
