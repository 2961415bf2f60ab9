import { addressIn } from '../people/places.ts'
import { breastCancer } from '../stories/breast-cancer.ts'
import { healthyAdult, lowIron } from '../stories/check-ups.ts'
import { heartAttack } from '../stories/heart-attack.ts'
import { rheumatoidArthritis, tornLigament } from '../stories/joints.ts'
import { metabolic } from '../stories/metabolic.ts'
import { migraine } from '../stories/mind-and-head.ts'
import { pregnancy } from '../stories/pregnancy.ts'
import { skinDisease } from '../stories/skin.ts'
import { smallIllnesses } from '../stories/small-illnesses.ts'
import { gallbladder } from '../stories/surgery.ts'
import { tuberculosis } from '../stories/tuberculosis.ts'
import type { Part } from './part.ts'

/** From twenty-four to sixty-six. */
export const ADULTS: readonly Part[] = [
  {
    key: 'sabiha-tamboli',
    given: 'Sabiha',
    family: 'Tamboli',
    written: { given: 'صبیحہ', family: 'تمبولی', language: 'ur' },
    sex: 'female',
    born: { age: 24, on: '07-19' },
    address: addressIn('hyderabad', '77 Pearl Bazaar'),
    language: 'ur',
    number: '107',
    hasApp: true,
    stories: [
      pregnancy({ at: { weeksToday: 30.5 }, weight: 58, hasDiabetes: true }),
      lowIron({ yearsAgo: 3, adult: true }),
    ],
  },
  {
    key: 'kartiningsih',
    given: 'Kartiningsih',
    family: '',
    sex: 'female',
    born: { age: 29, on: '09-14' },
    address: addressIn('denpasar', 'Jalan Kenari 8'),
    language: 'id',
    number: '108',
    stories: [
      healthyAdult({ years: 4, height: 158, weight: 54 }),
      smallIllnesses(['typhoid', 'gastroenteritis'], { from: 3, to: 0.4 }),
    ],
  },
  {
    key: 'rukmini-deshpande',
    given: 'Rukmini',
    family: 'Deshpande',
    written: { given: 'रुक्मिणी', family: 'देशपांडे', language: 'mr' },
    isRegisteredAsWritten: true,
    sex: 'female',
    born: { age: 31, on: '12-02' },
    address: addressIn('pune', '9 Tamarind Society'),
    language: 'mr',
    number: '109',
    stories: [
      pregnancy({ at: { bornDaysAgo: 8, way: 'vaginal' }, weight: 57 }),
      healthyAdult({ years: 2, height: 160, weight: 57 }),
    ],
  },
  {
    key: 'yousef-al-mahrouqi',
    given: 'Yousef',
    family: 'Al-Mahrouqi',
    written: { given: 'يوسف', family: 'المحروقي', language: 'ar' },
    isRegisteredAsWritten: true,
    sex: 'male',
    born: { age: 38, on: '04-03' },
    address: addressIn('muscat', 'Way 2914, House 6'),
    language: 'ar',
    number: '110',
    stories: [
      tornLigament(1.9),
      healthyAdult({ years: 3, height: 181, weight: 84 }),
      skinDisease({ kind: 'psoriasis', yearsAgo: 0.7, tone: [186, 138, 108] }),
    ],
  },
  {
    key: 'baburao-ghorpade',
    given: 'Baburao',
    family: 'Ghorpade-Naik',
    written: { given: 'बाबूराव', family: 'घोरपडे-नाईक', language: 'mr' },
    sex: 'male',
    born: { age: 45, on: '08-15' },
    address: addressIn('nashik', 'Grapevine Wadi'),
    language: 'mr',
    number: '111',
    stories: [
      tuberculosis({ yearsAgo: 2.2, weight: 63 }),
      smallIllnesses(['backPain', 'cold'], { from: 6, to: 3 }),
    ],
  },
  {
    key: 'thandiwe-mascarenhas',
    given: 'Thandiwe',
    family: 'Mascarenhas',
    sex: 'female',
    born: { age: 49, on: '10-27' },
    address: addressIn('panaji', '12 Cashew Steps'),
    language: 'en',
    number: '112',
    stories: [
      breastCancer({ yearsAgo: 3.5, height: 165, weight: 66 }),
      smallIllnesses(['urineInfection', 'backPain'], { from: 8, to: 4 }),
    ],
  },
  {
    key: 'venkata-kondapalli',
    given: 'Venkata Satyanarayana Subrahmanya Narasimha',
    family: 'Kondapalli-Ramachandrapurapu',
    sex: 'male',
    born: { age: 52, on: '06-06' },
    address: addressIn('hyderabad', 'Flat 1203, Tower B', 'Golden Granite Heights, Lake View Extension Road'),
    language: 'te',
    number: '113',
    hasApp: true,
    stories: [
      metabolic({ years: 4, height: 170, weight: 86 }),
      smallIllnesses(['cold', 'backPain', 'sprain'], { from: 7, to: 0.5 }),
    ],
  },
  {
    key: 'nguyen-bich-hanh',
    given: 'Bích Hạnh',
    family: 'Nguyễn',
    sex: 'female',
    born: { age: 57, on: '11-30' },
    address: addressIn('hue', '19 Đường Hoa Sen'),
    language: 'vi',
    number: '114',
    stories: [gallbladder(1.2), migraine({ years: 4, height: 155, weight: 53 })],
  },
  {
    key: 'devendra-bhadoria',
    given: 'Devendra Pratap',
    family: 'Bhadoria',
    written: { given: 'देवेन्द्र प्रताप', family: 'भदौरिया', language: 'hi' },
    sex: 'male',
    born: { age: 63, on: '01-05' },
    address: addressIn('gwalior', '6 Fort View'),
    language: 'hi',
    number: '115',
    hasApp: true,
    stories: [
      heartAttack({ yearsAgo: 5.2, height: 169, weight: 74 }),
      smallIllnesses(['bronchitis', 'cold', 'gastroenteritis'], { from: 8, to: 1 }),
    ],
  },
  {
    key: 'mehroo-vakil',
    given: 'Mehroo',
    family: 'Contractor-Vakil',
    sex: 'female',
    born: { age: 66, on: '03-21' },
    address: addressIn('pune', '1 Agiary Corner'),
    language: 'gu',
    number: '116',
    stories: [
      rheumatoidArthritis({ years: 3.2, height: 157, weight: 59 }),
      smallIllnesses(['urineInfection', 'cold'], { from: 5, to: 1 }),
    ],
  },
]
