import { addressIn } from '../people/places.ts'
import type { Part } from './part.ts'

/** Who the three are whom everybody meets first; their lives are in main.ts, which a program only reads when it needs them. */
export const MAIN_PEOPLE = [
  {
    key: 'meenakshi-sundaresan',
    given: 'Meenakshi',
    family: 'Sundaresan',
    written: { given: 'मीनाक्षी', family: 'सुन्दरेशन', language: 'hi' },
    sex: 'female',
    born: '1968-04-17',
    address: addressIn('nashik', '14 Neem Tree Lane', 'College Road'),
    language: 'hi',
    number: '041',
    hasApp: true,
  },
  {
    key: 'arjun-thakkar',
    given: 'Arjun',
    family: 'Thakkar',
    written: { given: 'अर्जुन', family: 'ठक्कर', language: 'hi' },
    sex: 'male',
    born: '1991-11-02',
    address: addressIn('vadodara', '3 Peepal Court'),
    language: 'gu',
    number: '042',
    hasApp: true,
  },
  {
    key: 'ngozi-abernathy',
    given: 'Ngozi',
    family: 'Abernathy',
    sex: 'female',
    born: '2017-08-25',
    address: addressIn('kochi', '27 Lighthouse Road'),
    language: 'en',
    number: '043',
    hasApp: true,
  },
] as const satisfies readonly Omit<Part, 'stories'>[]
