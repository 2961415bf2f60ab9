/**
 * Medicines as an Indian pharmacy has them: name with strength, ATC class, what one unit of the form contains, form and
 * way of giving.
 */
export type Medicine = {
  readonly text: string
  readonly atc: string
  /** Per unit: per tablet, mL, puff or drop. */
  readonly amount: number
  readonly unit: 'mg' | 'ug' | 'g' | 'mL' | '[IU]' | '{drop}'
  readonly form:
    | 'tablet'
    | 'capsule'
    | 'mL'
    | 'puff'
    | 'unit'
    | 'drop'
    | 'sachet'
    | 'application'
    | 'injection'
  readonly route: keyof typeof ROUTES
}

export const ROUTES = {
  oral: 'snomed 26643006 Oral',
  inhaled: 'snomed 447694001 Respiratory tract',
  subcutaneous: 'snomed 34206005 Subcutaneous',
  intravenous: 'snomed 47625008 Intravenous',
  skin: 'snomed 6064005 Topical',
  eye: 'snomed 54485002 Ophthalmic',
} as const

type Short = readonly [
  text: string,
  atc: string,
  amount: number,
  unit: Medicine['unit'],
  form?: Medicine['form'],
  route?: Medicine['route'],
]
function list<const K extends string>(table: Record<K, Short>): Record<K, Medicine> {
  const entries = Object.entries<Short>(table).map(
    ([key, [text, atc, amount, unit, form = 'tablet', route = 'oral']]) => [
      key,
      { text, atc, amount, unit, form, route } satisfies Medicine,
    ],
  )
  return Object.fromEntries(entries) as Record<K, Medicine>
}

export const MEDICINES = list({
  metformin500: ['Metformin 500 mg', 'A10BA02', 500, 'mg'],
  metformin1000: ['Metformin SR 1000 mg', 'A10BA02', 1000, 'mg'],
  glimepiride1: ['Glimepiride 1 mg', 'A10BB12', 1, 'mg'],
  glimepiride2: ['Glimepiride 2 mg', 'A10BB12', 2, 'mg'],
  sitagliptin100: ['Sitagliptin 100 mg', 'A10BH01', 100, 'mg'],
  empagliflozin10: ['Empagliflozin 10 mg', 'A10BK03', 10, 'mg'],
  glargine: ['Insulin glargine 100 IU/mL', 'A10AE04', 1, '[IU]', 'unit', 'subcutaneous'],
  aspartInsulin: ['Insulin aspart 100 IU/mL', 'A10AB05', 1, '[IU]', 'unit', 'subcutaneous'],
  amlodipine5: ['Amlodipine 5 mg', 'C08CA01', 5, 'mg'],
  telmisartan40: ['Telmisartan 40 mg', 'C09CA07', 40, 'mg'],
  telmisartan80: ['Telmisartan 80 mg', 'C09CA07', 80, 'mg'],
  ramipril5: ['Ramipril 5 mg', 'C09AA05', 5, 'mg'],
  metoprolol50: ['Metoprolol succinate 50 mg', 'C07AB02', 50, 'mg'],
  bisoprolol: ['Bisoprolol 2.5 mg', 'C07AB07', 2.5, 'mg'],
  atorvastatin20: ['Atorvastatin 20 mg', 'C10AA05', 20, 'mg'],
  atorvastatin80: ['Atorvastatin 80 mg', 'C10AA05', 80, 'mg'],
  aspirin75: ['Aspirin 75 mg', 'B01AC06', 75, 'mg'],
  ticagrelor: ['Ticagrelor 90 mg', 'B01AC24', 90, 'mg'],
  apixaban: ['Apixaban 2.5 mg', 'B01AF02', 2.5, 'mg'],
  furosemide40: ['Furosemide 40 mg', 'C03CA01', 40, 'mg'],
  levothyroxine25: ['Levothyroxine 25 µg', 'H03AA01', 25, 'ug'],
  levothyroxine50: ['Levothyroxine 50 µg', 'H03AA01', 50, 'ug'],
  iron: ['Ferrous sulfate 200 mg (65 mg iron)', 'B03AA07', 200, 'mg'],
  ironSyrup: ['Iron drops 25 mg/mL', 'B03AB05', 25, 'mg', 'mL'],
  ironFolate: ['Iron 60 mg with folic acid 500 µg', 'B03AD03', 60, 'mg'],
  folate5: ['Folic acid 5 mg', 'B03BB01', 5, 'mg'],
  vitaminD60: ['Cholecalciferol 60,000 IU', 'A11CC05', 60000, '[IU]', 'capsule'],
  vitaminDDrops: ['Vitamin D3 drops 400 IU/mL', 'A11CC05', 400, '[IU]', 'mL'],
  calcium: ['Calcium 500 mg with vitamin D3 250 IU', 'A12AX', 500, 'mg'],
  salbutamol: ['Salbutamol inhaler 100 µg', 'R03AC02', 100, 'ug', 'puff', 'inhaled'],
  budesonide: ['Budesonide inhaler 200 µg', 'R03BA02', 200, 'ug', 'puff', 'inhaled'],
  formoterol: ['Formoterol 6 µg with budesonide 200 µg', 'R03AK07', 6, 'ug', 'puff', 'inhaled'],
  tiotropium: ['Tiotropium 9 µg', 'R03BB04', 9, 'ug', 'puff', 'inhaled'],
  cetirizine: ['Cetirizine 10 mg', 'R06AE07', 10, 'mg'],
  prednisolone: ['Prednisolone 10 mg', 'H02AB06', 10, 'mg'],
  prednisolone5: ['Prednisolone 5 mg', 'H02AB06', 5, 'mg'],
  amoxicillin: ['Amoxicillin 500 mg', 'J01CA04', 500, 'mg', 'capsule'],
  amoxicillinSyrup: ['Amoxicillin syrup 50 mg/mL', 'J01CA04', 50, 'mg', 'mL'],
  coamoxiclav: ['Amoxicillin 500 mg with clavulanic acid 125 mg', 'J01CR02', 500, 'mg'],
  azithromycin: ['Azithromycin 500 mg', 'J01FA10', 500, 'mg'],
  azithromycinSyrup: ['Azithromycin syrup 40 mg/mL', 'J01FA10', 40, 'mg', 'mL'],
  nitrofurantoin: ['Nitrofurantoin SR 100 mg', 'J01XE01', 100, 'mg', 'capsule'],
  paracetamol: ['Paracetamol 500 mg', 'N02BE01', 500, 'mg'],
  paracetamolSyrup: ['Paracetamol syrup 24 mg/mL', 'N02BE01', 24, 'mg', 'mL'],
  ibuprofen: ['Ibuprofen 400 mg', 'M01AE01', 400, 'mg'],
  rehydration: ['Oral rehydration salts, one sachet in a litre', 'A07CA', 1, 'g', 'sachet'],
  zinc: ['Zinc sulfate 20 mg', 'A12CB01', 20, 'mg'],
  pantoprazole: ['Pantoprazole 40 mg', 'A02BC02', 40, 'mg'],
  tbIntensive: [
    'Isoniazid 75 mg, rifampicin 150 mg, pyrazinamide 400 mg, ethambutol 275 mg',
    'J04AM06',
    150,
    'mg',
  ],
  tbContinuation: ['Isoniazid 75 mg, rifampicin 150 mg, ethambutol 275 mg', 'J04AM07', 150, 'mg'],
  pyridoxine: ['Pyridoxine 10 mg', 'A11HA02', 10, 'mg'],
  alendronate: ['Alendronic acid 70 mg', 'M05BA04', 70, 'mg'],
  allopurinol: ['Allopurinol 100 mg', 'M04AA01', 100, 'mg'],
  colchicine: ['Colchicine 0.5 mg', 'M04AC01', 0.5, 'mg'],
  methotrexate: ['Methotrexate 7.5 mg', 'L04AX03', 7.5, 'mg'],
  hydroxychloroquine: ['Hydroxychloroquine 200 mg', 'P01BA02', 200, 'mg'],
  tamoxifen: ['Tamoxifen 20 mg', 'L02BA01', 20, 'mg'],
  levodopa: ['Levodopa 100 mg with carbidopa 25 mg', 'N04BA02', 100, 'mg'],
  donepezil: ['Donepezil 5 mg', 'N06DA02', 5, 'mg'],
  tamsulosin: ['Tamsulosin 0.4 mg', 'G04CA02', 0.4, 'mg', 'capsule'],
  sumatriptan: ['Sumatriptan 50 mg', 'N02CC01', 50, 'mg'],
  escitalopram: ['Escitalopram 5 mg', 'N06AB10', 5, 'mg'],
  hydrocortisone: ['Hydrocortisone cream 1 %', 'D07AA02', 1, 'g', 'application', 'skin'],
  mometasone: ['Mometasone cream 0.1 %', 'D07AC13', 1, 'g', 'application', 'skin'],
  emollient: ['Emollient cream', 'D02AX', 1, 'g', 'application', 'skin'],
  eyeAntibiotic: ['Moxifloxacin eye drops 0.5 %', 'S01AE07', 1, '{drop}', 'drop', 'eye'],
  eyeSteroid: ['Prednisolone eye drops 1 %', 'S01BA04', 1, '{drop}', 'drop', 'eye'],
})
export type MedicineName = keyof typeof MEDICINES
