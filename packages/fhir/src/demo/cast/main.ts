import { asthma } from '../stories/asthma.ts'
import { childhood, weightOf } from '../stories/childhood.ts'
import { brokenWrist } from '../stories/fractures.ts'
import { covidPneumonia, dengue } from '../stories/infections.ts'
import { diabetesOverYears } from '../stories/meenakshi.ts'
import { lowMood } from '../stories/mind-and-head.ts'
import { birth } from '../stories/newborn.ts'
import { peanutAllergy } from '../stories/peanut.ts'
import { skinDisease } from '../stories/skin.ts'
import { smallIllnesses } from '../stories/small-illnesses.ts'
import { appendicectomy } from '../stories/surgery.ts'
import { MAIN_PEOPLE } from './main-people.ts'
import type { Part } from './part.ts'

const [meenakshi, arjun, ngozi] = MAIN_PEOPLE

/** The three whom everybody meets first. */
export const MAIN: readonly Part[] = [
  {
    ...meenakshi,
    stories: [
      diabetesOverYears,
      dengue('2019-09-18'),
      covidPneumonia('2021-05-06'),
      lowMood('2023-02-20'),
      smallIllnesses(['urineInfection', 'backPain', 'cold', 'gastroenteritis', 'bronchitis'], {
        from: 12,
        to: 1,
      }),
    ],
  },
  {
    ...arjun,
    stories: [
      asthma({ years: 9, height: 174, weight: 72 }),
      appendicectomy('2017-08-11'),
      brokenWrist(3.4, 'Fell off the motorcycle'),
      smallIllnesses(['cold', 'sprain', 'gastroenteritis', 'throat'], { from: 9, to: 0.4 }),
    ],
  },
  {
    ...ngozi,
    stories: [
      birth({ weeks: 39, way: 'vaginal' }),
      childhood({ tall: 0.6, heavy: 0.3 }),
      skinDisease({ kind: 'eczema', yearsAgo: 6.3, tone: [141, 98, 76] }),
      peanutAllergy,
      smallIllnesses(
        ['otitis', 'handFootMouth', 'gastroenteritis', 'cold', 'throat'],
        { from: 7.8, to: 0.3 },
        weightOf,
      ),
    ],
  },
]
