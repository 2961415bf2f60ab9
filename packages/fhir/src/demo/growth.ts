import { type Day, monthsBetween, rounded } from './calendar.ts'
import type { Random } from './random.ts'

/**
 * Medians of the WHO growth standards and reference (0–5 and 5–19 years), read off at a few ages and joined by straight
 * lines; weight above ten years, where WHO has none, as the median BMI gives it. Good for a demo, not for a diagnosis.
 */
type Curve = readonly (readonly [months: number, girls: number, boys: number])[]

const LENGTH: Curve = [
  [0, 49.1, 49.9],
  [1, 53.7, 54.7],
  [2, 57.1, 58.4],
  [3, 59.8, 61.4],
  [4, 62.1, 63.9],
  [6, 65.7, 67.6],
  [9, 70.1, 72],
  [12, 74, 75.7],
  [15, 77.5, 79.1],
  [18, 80.7, 82.3],
  [24, 86.4, 87.8],
  [36, 95.1, 96.1],
  [48, 102.7, 103.3],
  [60, 109.4, 110],
  [72, 115.1, 116],
  [84, 120.8, 121.7],
  [96, 126.6, 127.3],
  [108, 132.5, 132.6],
  [120, 138.6, 137.8],
  [132, 145, 143.1],
  [144, 151.2, 149.1],
  [156, 156.4, 156],
  [168, 159.8, 163.2],
  [180, 161.7, 169],
  [192, 162.5, 172.9],
  [204, 162.9, 175.2],
  [216, 163.1, 176.1],
]
const WEIGHT: Curve = [
  [0, 3.2, 3.3],
  [1, 4.2, 4.5],
  [2, 5.1, 5.6],
  [3, 5.8, 6.4],
  [4, 6.4, 7],
  [6, 7.3, 7.9],
  [9, 8.2, 8.9],
  [12, 8.9, 9.6],
  [18, 10.2, 10.9],
  [24, 11.5, 12.2],
  [36, 13.9, 14.3],
  [48, 16.1, 16.3],
  [60, 18.2, 18.3],
  [72, 20.2, 20.5],
  [84, 22.4, 22.9],
  [96, 25, 25.4],
  [108, 28.2, 28.1],
  [120, 31.9, 31.2],
  [132, 36.2, 34.7],
  [144, 41, 39],
  [156, 45.6, 44.5],
  [168, 49.2, 50.6],
  [180, 51.9, 56.5],
  [192, 53.8, 61.2],
  [204, 55, 64.6],
  [216, 56, 66.8],
]
const HEAD: Curve = [
  [0, 33.9, 34.5],
  [1, 36.5, 37.3],
  [2, 38.3, 39.1],
  [3, 39.5, 40.5],
  [4, 40.6, 41.6],
  [6, 42.2, 43.3],
  [9, 43.8, 45],
  [12, 44.9, 46.1],
  [18, 46.2, 47.4],
  [24, 47.2, 48.3],
  [36, 48.5, 49.5],
]

function medianAt(curve: Curve, months: number, sex: 'female' | 'male'): number {
  const value = (at: Curve[number]) => (sex === 'female' ? at[1] : at[2])
  const next = curve.findIndex(([age]) => age >= months)
  const last = curve.at(-1) as Curve[number]
  if (next === -1) return value(last)
  const after = curve[next] as Curve[number]
  const before = curve[Math.max(0, next - 1)] as Curve[number]
  if (after === before) return value(after)
  return value(before) + ((value(after) - value(before)) * (months - before[0])) / (after[0] - before[0])
}

export type Growth = { height: number; weight: number; head: number }

/** One child's own curve: near one centile all through childhood, heights never going down. cm and kg. */
export function makeGrowth(
  { birth, sex, tall = 0, heavy = 0 }: { birth: Day; sex: 'female' | 'male'; tall?: number; heavy?: number },
  random: Random,
): (day: Day) => Growth {
  let tallest = 0
  return (day) => {
    const months = monthsBetween(birth, day)
    const height = medianAt(LENGTH, months, sex) * (1 + 0.037 * tall) + random.noise(0.15)
    tallest = Math.max(tallest, rounded(height, 1))
    return {
      height: tallest,
      weight: medianAt(WEIGHT, months, sex) * (1 + 0.11 * heavy) * (1 + random.noise(0.008)),
      head: medianAt(HEAD, months, sex) * (1 + 0.012 * tall),
    }
  }
}
