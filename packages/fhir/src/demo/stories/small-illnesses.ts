import { addDays, clinicDay, type Day, rounded } from '../calendar.ts'
import type { Life, Story, Visit } from '../life.ts'
import type { DoctorKey } from '../people/staff.ts'
import type { MedicineName } from '../record/medicines.ts'
import { writeNote } from '../record/notes.ts'
import { type Order, prescribe } from '../record/prescriptions.ts'
import { diagnose, type KnownProblem, type Problem } from '../record/problems.ts'
import { recordPanel } from '../record/results.ts'
import { measure, measurePressure } from '../record/vitals.ts'

type Illness = {
  problem: Problem
  complaint: string
  findings: string
  plan: string
  lastsDays: number
  temperature: number
  adult: readonly (readonly [MedicineName, Order])[]
  /** For a child of so many kg. */
  child?: (weight: number) => readonly (readonly [MedicineName, Order])[]
}

/** 15 mg/kg at a time, in half millilitres of a syrup of 24 mg/mL. */
const paracetamolFor = (weight: number): readonly [MedicineName, Order] => [
  'paracetamolSyrup',
  {
    units: Math.min(20, Math.floor((15 * weight) / 24 / 0.5) * 0.5),
    rhythm: 'needed',
    days: 3,
    note: 'for fever',
  },
]
const fever: readonly [MedicineName, Order] = [
  'paracetamol',
  { rhythm: 'needed', days: 3, note: 'for fever or pain' },
]

export const ILLNESSES = {
  cold: {
    problem: 'cold',
    lastsDays: 8,
    temperature: 37.9,
    complaint: 'Blocked nose, sore throat and cough for three days.',
    findings: 'Red throat, lungs clear, ears normal.',
    plan: 'Rest and fluids. Come back if breathing gets hard or the fever lasts longer than three days.',
    adult: [fever],
    child: (weight) => [paracetamolFor(weight)],
  },
  throat: {
    problem: 'throat',
    lastsDays: 7,
    temperature: 38.3,
    complaint: 'Sore throat and fever for two days.',
    findings: 'Red throat without coating, no swollen glands, lungs clear.',
    plan: 'No antibiotic needed. Warm salt-water gargles.',
    adult: [fever],
    child: (weight) => [paracetamolFor(weight)],
  },
  otitis: {
    problem: 'otitis',
    lastsDays: 10,
    temperature: 38.9,
    complaint: 'Earache since last night, fever, pulls at the ear.',
    findings: 'Right eardrum red and bulging.',
    plan: 'Amoxicillin for seven days, look again in a week.',
    adult: [['amoxicillin', { rhythm: 'thrice', days: 7 }], fever],
    // 80 mg/kg a day in two doses; syrup of 50 mg/mL.
    child: (weight) => [
      ['amoxicillinSyrup', { units: Math.min(20, Math.round((40 * weight) / 50)), rhythm: 'twice', days: 7 }],
      paracetamolFor(weight),
    ],
  },
  gastroenteritis: {
    problem: 'gastroenteritis',
    lastsDays: 5,
    temperature: 37.8,
    complaint: 'Watery stools six times since yesterday, vomited twice.',
    findings: 'Soft belly, drinks well, no sign of dehydration.',
    plan: 'Oral rehydration after each stool, normal food. Come back with blood in the stool or if drinking stops.',
    adult: [['rehydration', { rhythm: 'thrice', days: 2, note: 'in sips' }]],
    child: () => [
      ['rehydration', { rhythm: 'daily', days: 3, note: 'in sips after each stool' }],
      ['zinc', { rhythm: 'daily', days: 14 }],
    ],
  },
  bronchitis: {
    problem: 'bronchitis',
    lastsDays: 18,
    temperature: 37.6,
    complaint: 'Cough with a little phlegm for ten days after a cold.',
    findings: 'Coarse sounds on both sides that change with coughing, no wheeze.',
    plan: 'No antibiotic needed; the cough may last three weeks.',
    adult: [fever],
    child: (weight) => [paracetamolFor(weight)],
  },
  urineInfection: {
    problem: 'urineInfection',
    lastsDays: 6,
    temperature: 37.2,
    complaint: 'Burning when passing water for two days.',
    findings: 'Urine: leucocytes and nitrite positive. No tenderness over the kidneys.',
    plan: 'Nitrofurantoin for five days, drink plenty.',
    adult: [['nitrofurantoin', { rhythm: 'twice', days: 5, note: 'with food' }]],
  },
  handFootMouth: {
    problem: 'handFootMouth',
    lastsDays: 9,
    temperature: 38.1,
    complaint: 'Blisters on hands and feet, sore mouth, fever since yesterday.',
    findings: 'Small blisters on palms, soles and the inside of the cheeks.',
    plan: 'Cool drinks and soft food. No school until the blisters are dry.',
    adult: [fever],
    child: (weight) => [paracetamolFor(weight)],
  },
  sprain: {
    problem: 'sprain',
    lastsDays: 28,
    temperature: 36.7,
    complaint: 'Turned the ankle yesterday, swollen on the outside.',
    findings: 'Swelling over the outer ligaments, no tenderness of the bone, can walk four steps.',
    plan: 'Bandage, cooling, raise the foot; no X-ray needed (Ottawa rules).',
    adult: [['paracetamol', { rhythm: 'thrice', days: 3 }]],
  },
  backPain: {
    problem: 'backPain',
    lastsDays: 30,
    temperature: 36.6,
    complaint: 'Low back pain for five days after lifting.',
    findings: 'Tense muscles, legs strong, reflexes equal.',
    plan: 'Keep moving, warmth; no imaging needed.',
    adult: [['paracetamol', { rhythm: 'thrice', days: 5 }]],
  },
  typhoid: {
    problem: 'typhoid',
    lastsDays: 20,
    temperature: 39.2,
    complaint: 'Rising fever for a week, headache, no appetite.',
    findings:
      'Coated tongue, spleen just felt. Blood culture grew Salmonella Typhi, sensitive to azithromycin.',
    plan: 'Azithromycin for seven days. Boiled water.',
    adult: [['azithromycin', { rhythm: 'daily', days: 7 }], fever],
    // 20 mg/kg a day, syrup of 40 mg/mL.
    child: (weight) => [
      [
        'azithromycinSyrup',
        { units: Math.min(12, Math.round((20 * weight) / 40)), rhythm: 'daily', days: 7 },
      ],
      paracetamolFor(weight),
    ],
  },
} satisfies Record<string, Illness>
export type IllnessName = keyof typeof ILLNESSES

export type SmallIllness = { day: Day; illness: IllnessName; by?: DoctorKey; weight?: number }

/** One visit for something that passes. A child is dosed by weight (kg). */
export function fallIll(life: Life, { day, illness: name, by, weight }: SmallIllness): void {
  const illness: Illness = ILLNESSES[name]
  const seen = clinicDay(day)
  if (!life.isWithin(seen)) return
  const isChild = life.ageOn(seen) < 12
  const visit = life.visit({
    day: seen,
    by: by ?? (life.ageOn(seen) < 16 ? 'paediatrics' : 'medicine'),
    kind: 'problem',
    reason: illness.complaint,
  })
  const problem = diagnose(life, visit, illness.problem, {
    resolved: addDays(seen, illness.lastsDays),
    onset: addDays(seen, -2),
  })
  nurse(life, visit, illness.temperature)
  if (name === 'typhoid') recordPanel(life, visit, { panel: 'inflammation', values: { crp: 74 } })
  const orders =
    isChild && illness.child && weight !== undefined ? illness.child(weight) : isChild ? [] : illness.adult
  for (const [medicine, order] of orders) prescribe(life, visit, medicine, { ...order, why: problem })
  note(life, visit, illness, problem)
}

function nurse(life: Life, visit: Visit, temperature: number): void {
  const age = life.ageOn(visit.day)
  const pulse = age < 1 ? 132 : age < 5 ? 112 : age < 12 ? 96 : 82
  measure(life, visit, {
    temperature: rounded(temperature + life.random.noise(0.2), 1),
    pulse: pulse + (temperature - 37) * 9 + life.random.noise(4),
  })
  if (age >= 18)
    measurePressure(life, visit, [116 + age * 0.2 + life.random.noise(5), 74 + life.random.noise(4)])
}

function note(life: Life, visit: Visit, { complaint, findings, plan }: Illness, problem: KnownProblem): void {
  writeNote(life, visit, { complaint, findings, plan, problems: [problem] })
}

/** What comes and goes in any life: the given illnesses, at odd times between two days. */
export function smallIllnesses(
  list: readonly IllnessName[],
  { from, to }: { from: number; to: number },
  weightAt?: (life: Life, day: Day) => number,
): Story {
  return (life) => {
    const random = life.random.fork(`small/${from}`)
    for (const [index, illness] of list.entries()) {
      const years = to + ((from - to) * (index + random.between(0.15, 0.85))) / list.length
      const day = life.yearsAgo(years)
      if (day <= life.birth) continue
      const weight = weightAt?.(life, day)
      fallIll(life, { day, illness, ...(weight !== undefined && { weight }) })
    }
  }
}
