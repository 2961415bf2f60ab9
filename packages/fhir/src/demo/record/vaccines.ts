import { addDays, type Day, instantOf } from '../calendar.ts'
import { concept } from '../codes.ts'
import type { Life, Visit } from '../life.ts'
import { DOCTORS } from '../people/staff.ts'

/** Vaccines: name, CVX code, what it protects from. */
const VACCINES = {
  bcg: ['BCG', '19 BCG', 'Tuberculosis'],
  oralPolio: ['Oral polio vaccine, bivalent', '178 OPV bivalent', 'Poliomyelitis'],
  oralPolioOld: ['Oral polio vaccine, trivalent', '02 OPV', 'Poliomyelitis'],
  polio: ['Inactivated polio vaccine', '10 IPV', 'Poliomyelitis'],
  hepatitisB: ['Hepatitis B vaccine', '08 Hep B, adolescent or pediatric', 'Hepatitis B'],
  pentavalent: ['Pentavalent (DPT, hepatitis B, Hib)', '198 DTP-hepB-Hib Pentavalent Non-US', 'Diphtheria'],
  rotavirus: ['Rotavirus vaccine', '122 rotavirus, unspecified formulation', 'Rotavirus'],
  pneumococcal: ['Pneumococcal conjugate vaccine', '177 PCV10', 'Pneumococci'],
  measlesRubella: ['Measles and rubella vaccine', '04 M/R', 'Measles'],
  encephalitis: [
    'Japanese encephalitis vaccine',
    '129 Japanese Encephalitis, unspecified formulation',
    'Japanese encephalitis',
  ],
  dptBooster: ['DPT booster', '01 DTP', 'Diphtheria'],
  typhoid: ['Typhoid conjugate vaccine', '190 Typhoid conjugate vaccine (TCV)', 'Typhoid'],
  varicella: ['Varicella vaccine', '21 varicella', 'Chickenpox'],
  hepatitisA: ['Hepatitis A vaccine', '83 Hep A, ped/adol, 2 dose', 'Hepatitis A'],
  td: [
    'Tetanus and diphtheria (Td)',
    '09 Td (adult), 2 Lf tetanus toxoid, preservative free, adsorbed',
    'Tetanus',
  ],
  hpv: ['HPV vaccine', '165 HPV9', 'Cervical cancer'],
  influenza: ['Influenza, seasonal', '141 Influenza, seasonal, injectable', 'Influenza'],
  covid: [
    'COVID-19 vaccine (ChAdOx1)',
    '210 COVID-19 vaccine, vector-nr, rS-ChAdOx1, PF, 0.5 mL',
    'COVID-19',
  ],
} as const
export type Vaccine = keyof typeof VACCINES

const BY_MOUTH = new Set<Vaccine>(['oralPolio', 'oralPolioOld', 'rotavirus'])
const INTO_SKIN = new Set<Vaccine>(['bcg'])

export function vaccinate(
  life: Life,
  visit: Pick<Visit, 'day' | 'minutes' | 'by'> & Partial<Pick<Visit, 'encounter'>>,
  vaccine: Vaccine,
  dose: { number: number; of?: number },
): void {
  const [text, cvx, disease] = VACCINES[vaccine]
  const route = BY_MOUTH.has(vaccine)
    ? concept('By mouth', 'snomed 26643006 Oral')
    : INTO_SKIN.has(vaccine)
      ? concept('Into the skin', 'snomed 372464004 Intradermal')
      : concept('Into the muscle', 'snomed 78421000 Intramuscular')
  const lot = `${vaccine.slice(0, 2).toUpperCase()}${life.random.integer(1000, 9999)}`
  life.add(
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: concept(text, `cvx ${cvx}`),
      patient: life.subject,
      ...(visit.encounter && { encounter: visit.encounter }),
      occurrenceDateTime: instantOf(visit.day, visit.minutes + 10),
      primarySource: true,
      lotNumber: lot,
      route,
      performer: [{ actor: { display: DOCTORS[visit.by].name } }],
      protocolApplied: [
        {
          targetDisease: [{ text: disease }],
          doseNumberPositiveInt: dose.number,
          ...(dose.of !== undefined && { seriesDosesPositiveInt: dose.of }),
        },
      ],
    },
    visit.by,
  )
}

const COVID_START: Day = '2021-03-01'

/** What most adults in India have had: COVID-19 in 2021, and influenza each autumn for those who come for it. */
export function adultVaccines(life: Life, { influenza }: { influenza: boolean }): void {
  const { random } = life
  const first = `2021-0${random.integer(4, 6)}-${String(random.integer(10, 28))}`
  if (life.ageOn(COVID_START) >= 18)
    for (const [index, day] of [first, addDays(first, 84), addDays(first, 360)].entries())
      if (life.isWithin(day))
        vaccinate(life, { day, minutes: 600, by: 'medicine' }, 'covid', { number: index + 1 })
  if (!influenza) return
  for (let year = Math.max(2016, Number(life.birth.slice(0, 4)) + 50); ; year++) {
    const day = `${year}-09-${String(random.integer(10, 28))}`
    if (!life.isWithin(day)) {
      if (day > life.until) return
      continue
    }
    vaccinate(life, { day, minutes: 615, by: 'medicine' }, 'influenza', { number: 1 })
  }
}
