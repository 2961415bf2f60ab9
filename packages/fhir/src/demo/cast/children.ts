import { addressIn } from '../people/places.ts'
import { lowIron } from '../stories/check-ups.ts'
import { childhood, weightOf } from '../stories/childhood.ts'
import { migraine } from '../stories/mind-and-head.ts'
import { birth } from '../stories/newborn.ts'
import { smallIllnesses } from '../stories/small-illnesses.ts'
import { typeOneDiabetes } from '../stories/type-one-diabetes.ts'
import type { Part } from './part.ts'

/** From the first week to seventeen. */
export const CHILDREN: readonly Part[] = [
  {
    key: 'baby-deshpande',
    given: 'Baby of Rukmini',
    family: 'Deshpande',
    written: { given: 'रुक्मिणी का शिशु', family: 'देशपांडे', language: 'hi' },
    sex: 'male',
    born: { days: 8 },
    address: addressIn('pune', '9 Tamarind Society'),
    language: 'mr',
    number: '101',
    stories: [birth({ weeks: 39, way: 'vaginal', jaundice: true }), childhood()],
  },
  {
    key: 'advait-pillai',
    given: 'Advait',
    family: 'Pillai Rosario',
    sex: 'male',
    born: { days: 221 },
    address: addressIn('kochi', '5 Backwater Villas'),
    language: 'ml',
    number: '102',
    stories: [
      birth({ weeks: 38, way: 'caesarean' }),
      childhood({ tall: -0.3, heavy: 0.4 }),
      smallIllnesses(['cold'], { from: 0.3, to: 0.1 }, weightOf),
    ],
  },
  {
    key: 'gauri-kushwaha',
    given: 'Gauri',
    family: 'Kushwaha',
    written: { given: 'गौरी', family: 'कुशवाहा', language: 'hi' },
    isRegisteredAsWritten: true,
    sex: 'female',
    born: { age: 3, on: '03-08' },
    address: addressIn('lucknow', '118 Mango Bagh'),
    language: 'hi',
    number: '103',
    stories: [
      childhood({ tall: -0.9, heavy: -1 }),
      lowIron({ yearsAgo: 1.1, adult: false }),
      smallIllnesses(['gastroenteritis', 'cold', 'otitis'], { from: 2.4, to: 0.2 }, weightOf),
    ],
  },
  {
    key: 'zoravar-virdi',
    given: 'Zoravar Singh',
    family: 'Virdi',
    written: { given: 'ज़ोरावर सिंह', family: 'विर्दी', language: 'hi' },
    sex: 'male',
    born: { age: 5, on: '01-22' },
    address: addressIn('ludhiana', '41 Canal Colony'),
    language: 'pa',
    number: '104',
    stories: [
      birth({ weeks: 40, way: 'vaginal' }),
      childhood({ tall: 0.8, heavy: 0.9 }),
      smallIllnesses(['handFootMouth', 'otitis', 'cold', 'typhoid'], { from: 4.2, to: 0.5 }, weightOf),
    ],
  },
  {
    key: 'lalrinmawii-fanai',
    given: 'Lalrinmawii',
    family: 'Fanai',
    sex: 'female',
    born: { age: 14, on: '05-30' },
    address: addressIn('aizawl', '2 Pine Ridge'),
    language: 'lus',
    number: '105',
    stories: [
      childhood({ tall: -0.2, heavy: -0.2, isGirlWithHpv: true }),
      migraine({ years: 1.3, height: 157, weight: 47 }),
      smallIllnesses(['throat', 'cold'], { from: 5, to: 1 }, weightOf),
    ],
  },
  {
    key: 'ishaan-bordoloi',
    given: 'Ishaan',
    family: 'Bordoloi',
    sex: 'male',
    born: { age: 17, on: '02-11' },
    address: addressIn('guwahati', '63 Riverside'),
    language: 'as',
    number: '106',
    stories: [
      typeOneDiabetes({ years: 6, height: { from: 144, to: 175 }, weight: { from: 34, to: 63 } }),
      smallIllnesses(['throat', 'gastroenteritis'], { from: 4, to: 0.5 }),
    ],
  },
]
