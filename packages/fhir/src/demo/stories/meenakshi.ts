import { type Day, trend } from '../calendar.ts'
import type { Story } from '../life.ts'
import { diaryPaper, diaryReadings } from '../papers/diary-paper.ts'
import { labReportPaper } from '../papers/lab-report.ts'
import { attach } from '../record/attachments.ts'
import { askToReturn, planCare, recordBackground } from '../record/notes.ts'
import { prescribeForYears } from '../record/prescriptions.ts'
import { diagnose, recordAllergy } from '../record/problems.ts'
import {
  type Report,
  recordBlood,
  recordKidney,
  recordLipids,
  recordPanel,
  recordTest,
} from '../record/results.ts'
import { adultVaccines } from '../record/vaccines.ts'
import { eyesAndFeet, harmlessChestPain } from './diabetes-checks.ts'
import { careOverYears, visitFrom } from './long-term-care.ts'

/**
 * Fourteen years of diabetes and blood pressure in one clinic: found late, well treated, slowly reaching the kidneys and
 * the eyes. The chart with most in it.
 */
export const diabetesOverYears: Story = (life) => {
  const start: Day = '2012-03-12'
  const hba1c = trend([
    [start, 9.4],
    ['2012-09-10', 7.6],
    ['2013-09-10', 6.9],
    ['2015-09-01', 7.3],
    ['2017-06-01', 8.2],
    ['2018-03-01', 7.1],
    ['2020-03-01', 7.4],
    ['2021-06-15', 8.6],
    ['2022-03-01', 7.3],
    ['2023-09-01', 7],
    ['2025-03-01', 6.8],
    ['2026-11-01', 6.7],
  ])
  const systolic = trend([
    [start, 136],
    ['2015-02-01', 152],
    ['2015-09-01', 136],
    ['2019-01-01', 142],
    ['2019-09-01', 132],
    ['2026-11-01', 128],
  ])
  const creatinine = trend([
    [start, 0.72],
    ['2017-01-01', 0.84],
    ['2020-01-01', 0.97],
    ['2022-06-01', 1.12],
    ['2024-01-01', 1.17],
    ['2026-11-01', 1.19],
  ])
  const ldl = trend([
    [start, 148],
    ['2012-12-01', 98],
    ['2018-01-01', 104],
    ['2019-03-01', 78],
    ['2026-11-01', 68],
  ])
  const weight = trend([
    [start, 74],
    ['2013-03-01', 71],
    ['2017-06-01', 73.5],
    ['2021-05-25', 69],
    ['2022-03-01', 71],
    ['2023-03-01', 68],
    ['2026-11-01', 65.5],
  ])
  const { random } = life
  const reports = new Map<Day, Report[]>()
  const keep = (report: Report) => {
    reports.set(report.day, [...(reports.get(report.day) ?? []), report])
  }
  const visits = careOverYears(life, {
    from: start,
    everyMonths: 4,
    by: 'medicine',
    reason: 'Diabetes and blood pressure',
    height: 154,
    weight,
    pressure: (day) => [systolic(day), systolic(day) * 0.42 + 24],
    checks: [
      {
        from: start,
        everyMonths: 3,
        run: (visit) => {
          const value = hba1c(visit.day) + random.noise(0.12)
          recordTest(life, visit, 'hba1c', value)
          // Estimated average glucose (ADAG): 28.7 × HbA1c − 46.7; fasting values lie below it.
          const average = 28.7 * value - 46.7
          recordTest(life, visit, 'fasting', average * 0.82 + random.noise(7))
        },
      },
      {
        from: start,
        everyMonths: 12,
        run: (visit) => {
          const average = 28.7 * hba1c(visit.day) - 46.7
          const afterMeal = average * 1.22 + random.noise(14)
          keep(recordPanel(life, visit, { panel: 'glucose', values: { afterMeal } }))
        },
      },
      {
        from: start,
        everyMonths: 6,
        run: (visit) => keep(recordLipids(life, visit, ldl(visit.day) + random.noise(5))),
      },
      {
        from: start,
        everyMonths: 6,
        run: (visit) => keep(recordKidney(life, visit, creatinine(visit.day) + random.noise(0.03))),
      },
      {
        from: '2013-01-01',
        everyMonths: 12,
        run: (visit) => {
          const ratio = trend([
            ['2013-01-01', 14],
            ['2018-01-01', 38],
            ['2022-01-01', 96],
            ['2026-11-01', 44],
          ])(visit.day)
          recordTest(life, visit, 'albuminRatio', ratio + random.noise(4))
        },
      },
      {
        from: '2013-01-01',
        everyMonths: 20,
        run: (visit) => {
          keep(recordBlood(life, visit, { haemoglobin: 12.2 + random.noise(0.4) }))
          keep(
            recordPanel(life, visit, {
              panel: 'liver',
              values: {
                alt: 29 + random.noise(5),
                ast: 26 + random.noise(4),
                phosphatase: 84 + random.noise(10),
                bilirubin: 0.6 + random.noise(0.1),
                albumin: 4.2 + random.noise(0.15),
              },
            }),
          )
        },
      },
      {
        from: '2016-02-01',
        everyMonths: 12,
        run: (visit) => {
          const tsh = trend([
            ['2016-02-01', 9.8],
            ['2016-08-01', 3.4],
            ['2020-01-01', 5.6],
            ['2020-08-01', 2.6],
            ['2026-11-01', 2.4],
          ])
          keep(
            recordPanel(life, visit, {
              panel: 'thyroid',
              values: { tsh: tsh(visit.day) * (1 + random.noise(0.08)), t4: 1.1 + random.noise(0.1) },
            }),
          )
        },
      },
    ],
    note: (visit, index) => noteOf(visit.day, index, hba1c(visit.day)),
  })

  const first = visitFrom(visits, start)
  recordBackground(life, first, {
    bloodGroup: 'O positive',
    smoking: 'never',
    family: [
      ['mother', 'Type 2 diabetes mellitus', 51],
      ['father', 'Stroke', 68],
      ['brother', 'Coronary artery disease', 56],
    ],
  })
  recordAllergy(life, first, 'penicillin', {
    reaction: 'Urticaria within an hour of amoxicillin',
    severity: 'moderate',
    since: '1996-07-01',
  })
  const diabetes = diagnose(life, first, 'diabetes2', {
    note: 'Found at a routine check: HbA1c 9.4 %, thirst for months.',
  })
  const lipids = diagnose(life, first, 'lipids')
  const pressure = diagnose(life, visitFrom(visits, '2015-02-01'), 'hypertension')
  const thyroid = diagnose(life, visitFrom(visits, '2016-02-01'), 'thyroid')
  const kidney = diagnose(life, visitFrom(visits, '2022-06-01'), 'kidney3', {
    note: 'eGFR below 60 twice, three months apart; albuminuria A2.',
  })

  const since = (day: Day) => visitFrom(visits, day).day
  const ongoing = (
    name: Parameters<typeof prescribeForYears>[2],
    order: Parameters<typeof prescribeForYears>[3],
  ) => prescribeForYears(life, visits, name, order)
  ongoing('metformin500', {
    from: start,
    to: since('2012-09-01'),
    rhythm: 'twice',
    why: diabetes,
    note: 'after food',
  })
  ongoing('metformin1000', { from: since('2012-09-01'), rhythm: 'twice', why: diabetes, note: 'after food' })
  ongoing('glimepiride1', {
    from: since('2013-06-01'),
    to: since('2017-06-01'),
    rhythm: 'morning',
    why: diabetes,
    note: 'before breakfast',
  })
  ongoing('glimepiride2', {
    from: since('2017-06-01'),
    to: since('2022-09-01'),
    rhythm: 'morning',
    why: diabetes,
    note: 'before breakfast',
  })
  ongoing('sitagliptin100', { from: since('2017-06-01'), rhythm: 'morning', why: diabetes })
  ongoing('empagliflozin10', {
    from: since('2022-09-01'),
    rhythm: 'morning',
    why: diabetes,
    note: 'pause while ill or fasting',
  })
  ongoing('atorvastatin20', { from: start, rhythm: 'night', why: lipids })
  ongoing('amlodipine5', { from: since('2015-02-01'), rhythm: 'morning', why: pressure })
  ongoing('telmisartan40', {
    from: since('2019-01-01'),
    to: since('2022-06-01'),
    rhythm: 'morning',
    why: pressure,
  })
  ongoing('telmisartan80', { from: since('2022-06-01'), rhythm: 'morning', why: kidney })
  ongoing('levothyroxine25', {
    from: since('2016-02-01'),
    to: since('2020-01-01'),
    rhythm: 'morning',
    why: thyroid,
    note: 'on an empty stomach',
  })
  ongoing('levothyroxine50', {
    from: since('2020-01-01'),
    rhythm: 'morning',
    why: thyroid,
    note: 'on an empty stomach',
  })

  for (let year = 2013; year <= Number(life.until.slice(0, 4)); year++) eyesAndFeet(life, `${year}-04-18`)
  planCare(life, visitFrom(visits, '2022-09-01'), {
    title: 'Diabetes, kidneys and blood pressure',
    description: 'HbA1c below 7 %, blood pressure below 130/80 mmHg, LDL below 70 mg/dL.',
    activities: [
      'Walk half an hour on five days a week',
      'HbA1c and fasting glucose every four months; kidneys and lipids twice a year',
      'Eyes and feet once a year',
      'No ibuprofen or diclofenac; stop empagliflozin and metformin while vomiting or fasting',
    ],
    for: [diabetes, kidney, pressure],
  })
  const latest = visits.at(-1)
  if (latest)
    askToReturn(life, latest, { inDays: 121, what: 'Review with HbA1c, kidney function and blood pressure' })
  harmlessChestPain(life, '2024-02-13')
  adultVaccines(life, { influenza: true })
  const readings = diaryReadings(life)
  attach(life, {
    fileName: 'blood-pressure-diary.pdf',
    contentType: 'application/pdf',
    type: 'diary',
    title: 'Blood pressure at home, two weeks',
    day: life.until,
    by: 'patient',
    make: () => diaryPaper(life.person, readings),
  })

  const papers = [...reports].filter(([, some]) => some.length >= 3).slice(-3)
  for (const [day, some] of papers)
    attach(life, {
      fileName: `laboratory-report-${day}.pdf`,
      contentType: 'application/pdf',
      type: 'labReport',
      title: `Laboratory report of ${day}`,
      day,
      by: 'medicine',
      ...(some[0] && { about: some[0].reference }),
      make: () => labReportPaper({ person: life.person, reports: some, by: 'medicine' }),
    })
}

function noteOf(day: Day, index: number, hba1c: number) {
  if (index > 0 && index % 2 === 1) return undefined
  const isHigh = hba1c > 7.5
  return {
    complaint:
      index === 0
        ? 'Thirst, frequent urination and tiredness for four months.'
        : isHigh
          ? 'Sugar readings at home above 180 in the mornings.'
          : 'No complaints. Takes her tablets; walks most days.',
    findings: `HbA1c ${hba1c.toFixed(1)} %. Heart and lungs normal, no oedema.`,
    plan: isHigh
      ? 'Went through meals and tablets with her; treatment increased. Review in four months.'
      : day > '2022-06-01'
        ? 'Continue. Kidney function stable; same tablets.'
        : 'Continue as before.',
  }
}
