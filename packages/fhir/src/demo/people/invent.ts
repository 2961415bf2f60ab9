import { addDays, type Day } from '../calendar.ts'
import type { CastMember } from '../cast/cast.ts'
import type { Story } from '../life.ts'
import { Random } from '../random.ts'
import { healthyAdult, lowIron } from '../stories/check-ups.ts'
import { childhood, weightOf } from '../stories/childhood.ts'
import { brokenWrist } from '../stories/fractures.ts'
import { wornKnees } from '../stories/joints.ts'
import { metabolic } from '../stories/metabolic.ts'
import { migraine } from '../stories/mind-and-head.ts'
import { birth } from '../stories/newborn.ts'
import { oldAge } from '../stories/old-age.ts'
import { pregnancy } from '../stories/pregnancy.ts'
import { smallIllnesses } from '../stories/small-illnesses.ts'
import { tuberculosis } from '../stories/tuberculosis.ts'
import { NAMES } from './names.ts'
import { addressIn, INDIAN_PLACES } from './places.ts'

const STREETS = [
  'Banyan Road',
  'Station Lane',
  'Jasmine Colony',
  'Temple Tank Street',
  'New Market',
  'Hill View',
]

/** One more invented person, with a life that fits her age. The same number and seed give the same person. */
export function inventMember(number: number, { today, seed }: { today: Day; seed: string }): CastMember {
  const random = new Random(`${seed}/person/${number}`)
  const { women, men, families, language } = random.pick(NAMES)
  const sex = random.chance(0.52) ? 'female' : 'male'
  // As they are seen in a hospital: many children, and every age beyond.
  const age = random.chance(0.3) ? random.between(0.1, 17) : random.between(18, 94)
  const birthDate = addDays(today, -Math.round(age * 365.25))
  const place = random.pick(INDIAN_PLACES)
  const person = {
    key: `patient-${String(number).padStart(4, '0')}`,
    given: random.pick(sex === 'female' ? women : men),
    family: random.pick(families),
    sex,
    birthDate,
    phone: `+9190001${String(number).padStart(5, '0')}`,
    address: addressIn(place, `${random.integer(1, 180)} ${random.pick(STREETS)}`),
    language,
  } as const
  return { person, stories: storiesFor({ age, sex, random }), hasApp: false }
}

function storiesFor({ age, sex, random }: { age: number; sex: 'female' | 'male'; random: Random }): Story[] {
  const height = Math.round((sex === 'female' ? 156 : 168) + random.noise(6))
  const weight = Math.round((height - 100) * random.between(0.92, 1.15))
  const body = { height, weight }
  if (age < 12)
    return [
      birth({ weeks: random.integer(37, 41), way: random.chance(0.3) ? 'caesarean' : 'vaginal' }),
      childhood({ tall: random.noise(0.7), heavy: random.noise(0.7) }),
      ...(age > 1
        ? [smallIllnesses(['cold', 'gastroenteritis', 'otitis'], { from: age - 0.6, to: 0.1 }, weightOf)]
        : []),
      ...(age > 4 && random.chance(0.3) ? [lowIron({ yearsAgo: 1.5, adult: false })] : []),
    ]
  if (age < 18)
    return [childhood({ tall: random.noise(0.7) }), smallIllnesses(['throat', 'cold'], { from: 3, to: 0.2 })]
  const usual = smallIllnesses(
    [random.pick(['cold', 'throat', 'bronchitis']), random.pick(['gastroenteritis', 'backPain'])],
    { from: 4, to: 0.2 },
  )
  if (age < 40) {
    if (sex === 'female' && age > 20 && age < 38 && random.chance(0.35))
      return [pregnancy({ at: { weeksToday: random.integer(12, 38) }, weight: Math.min(weight, 64) }), usual]
    return [
      healthyAdult({ years: random.integer(1, 4), ...body }),
      usual,
      ...(random.chance(0.3) ? [migraine({ years: 2, ...body })] : []),
    ]
  }
  if (age < 65) {
    if (random.chance(0.15)) return [tuberculosis({ yearsAgo: 1.6, weight: 60 }), usual]
    return [
      random.chance(0.6)
        ? metabolic({ years: random.integer(1, 4), height, weight: weight + 12 })
        : healthyAdult({ years: 3, ...body }),
      usual,
      ...(random.chance(0.2) ? [brokenWrist(1.5, 'Slipped on wet stairs')] : []),
    ]
  }
  const burdens = (['hypertension', 'cataract', 'dementia', 'parkinson'] as const).filter((_, index) =>
    random.chance([0.8, 0.5, 0.2, 0.1][index] ?? 0),
  )
  const more = sex === 'male' && random.chance(0.5) ? (['prostate'] as const) : []
  return [
    oldAge([...burdens, ...more], { years: random.integer(2, 4), ...body }),
    ...(random.chance(0.4) ? [wornKnees({ years: 2, ...body })] : []),
    usual,
  ]
}
