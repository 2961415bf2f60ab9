import { addressIn } from '../people/places.ts'
import { chronicLungDisease } from '../stories/chronic-lung-disease.ts'
import { fibrillation } from '../stories/fibrillation.ts'
import { brokenHip } from '../stories/fractures.ts'
import { wornKnees } from '../stories/joints.ts'
import { oldAge } from '../stories/old-age.ts'
import { smallIllnesses } from '../stories/small-illnesses.ts'
import type { Part } from './part.ts'

/** From seventy-two to ninety-six, and one who died. */
export const ELDERS: readonly Part[] = [
  {
    key: 'jarnail-khosla',
    given: 'Jarnail Singh',
    family: 'Khosla',
    written: { given: 'जरनैल सिंह', family: 'खोसला', language: 'hi' },
    sex: 'male',
    born: { age: 72, on: '02-28' },
    address: addressIn('amritsar', '88 Mustard Fields Road'),
    language: 'pa',
    number: '117',
    stories: [
      chronicLungDisease({ years: 4, height: 171, weight: 61 }),
      oldAge(['prostate', 'cataract'], { years: 2, height: 171, weight: 61 }),
    ],
  },
  {
    key: 'siobhan-orafferty',
    given: 'Siobhán',
    family: 'O’Rafferty',
    sex: 'female',
    born: { age: 76, on: '05-09' },
    address: addressIn('kolkata', 'Convent of the Three Bells'),
    language: 'en',
    number: '118',
    stories: [
      wornKnees({ years: 3, height: 163, weight: 77 }),
      oldAge(['hypertension', 'cataract'], { years: 3, height: 163, weight: 77 }),
    ],
  },
  {
    key: 'kamala-purohit',
    given: 'Kamala Bai',
    family: 'Purohit',
    written: { given: 'कमला बाई', family: 'पुरोहित', language: 'hi' },
    sex: 'female',
    born: { age: 85, on: '08-01' },
    address: addressIn('udaipur', '30 Marble Steps'),
    language: 'hi',
    number: '119',
    stories: [
      fibrillation({ years: 3, height: 152, weight: 54 }),
      smallIllnesses(['urineInfection', 'bronchitis'], { from: 3, to: 0.5 }),
    ],
  },
  {
    key: 'anselm-dcosta',
    given: 'Anselm',
    family: 'D’Costa',
    sex: 'male',
    born: { age: 82, on: '04-21' },
    address: addressIn('panaji', '4 Chapel Square'),
    language: 'pt',
    number: '120',
    stories: [oldAge(['parkinson', 'prostate', 'hypertension'], { years: 4, height: 166, weight: 60 })],
  },
  {
    key: 'savitri-upadhyay',
    given: 'Savitri Devi',
    family: 'Upadhyay',
    written: { given: 'सावित्री देवी', family: 'उपाध्याय', language: 'hi' },
    isRegisteredAsWritten: true,
    sex: 'female',
    born: { age: 90, on: '11-11' },
    address: addressIn('varanasi', '55 Ghat Lane'),
    language: 'hi',
    number: '121',
    stories: [oldAge(['dementia', 'hypertension'], { years: 5, height: 148, weight: 44 }), brokenHip(1.6)],
  },
  {
    key: 'harbans-nagpal',
    given: 'Harbans Lal',
    family: 'Sethi-Nagpal',
    written: { given: 'हरबंस लाल', family: 'सेठी-नागपाल', language: 'hi' },
    sex: 'male',
    born: { age: 96, on: '01-17' },
    address: addressIn('amritsar', '12 Old Mill Compound'),
    language: 'pa',
    number: '122',
    stories: [
      oldAge(['hypertension', 'prostate', 'cataract'], { years: 4.5, height: 164, weight: 56 }),
      smallIllnesses(['bronchitis', 'cold'], { from: 4, to: 0.5 }),
    ],
  },
  {
    key: 'govindan-nambiar',
    given: 'Govindan Kutty',
    family: 'Nambiar',
    sex: 'male',
    born: { age: 87, on: '02-02' },
    address: addressIn('kozhikode', '21 Spice Wharf'),
    language: 'ml',
    number: '123',
    diedDaysAgo: 126,
    stories: [fibrillation({ years: 3, height: 165, weight: 57 })],
  },
]
