/**
 * Laboratory tests: name, LOINC term, unit, decimals and what is normal in adults. Ranges are those an Indian laboratory
 * prints beside a result.
 */
export type LabTest = {
  readonly text: string
  readonly code: string
  readonly unit: string
  readonly decimals: number
  readonly normal?: Normal
}
type Span = readonly [low: number | null, high: number | null]
/** `child`: under twelve years, where that differs. */
export type Normal = Span | { readonly female: Span; readonly male: Span; readonly child?: Span }

const test = (text: string, code: string, unit: string, decimals: number, normal?: Normal): LabTest => ({
  text,
  code: `loinc ${code}`,
  unit,
  decimals,
  ...(normal && { normal }),
})

export const TESTS = {
  hba1c: test('HbA1c', '4548-4 Hemoglobin A1c/Hemoglobin.total in Blood', '%', 1, [4, 5.6]),
  fasting: test(
    'Glucose, fasting',
    '1558-6 Fasting glucose [Mass/volume] in Serum or Plasma',
    'mg/dL',
    0,
    [70, 99],
  ),
  afterMeal: test(
    'Glucose, 2 h after a meal',
    '1521-4 Glucose [Mass/volume] in Serum or Plasma --2 hours post meal',
    'mg/dL',
    0,
    [null, 140],
  ),
  tolerance: test(
    'Glucose, 2 h after 75 g',
    '20436-2 Glucose [Mass/volume] in Serum or Plasma --2 hours post dose glucose',
    'mg/dL',
    0,
    [null, 140],
  ),
  glucose: test('Glucose, random', '2345-7 Glucose [Mass/volume] in Serum or Plasma', 'mg/dL', 0, [70, 140]),
  creatinine: test('Creatinine', '2160-0 Creatinine [Mass/volume] in Serum or Plasma', 'mg/dL', 2, {
    female: [0.5, 1.1],
    male: [0.7, 1.3],
    child: [0.2, 0.7],
  }),
  egfr: test(
    'eGFR (CKD-EPI 2021)',
    '98979-8 Glomerular filtration rate [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)/1.73 sq M',
    'mL/min/1.73 m²',
    0,
    [60, null],
  ),
  urea: test('Urea', '3091-6 Urea [Mass/volume] in Serum or Plasma', 'mg/dL', 0, [15, 45]),
  sodium: test('Sodium', '2951-2 Sodium [Moles/volume] in Serum or Plasma', 'mmol/L', 0, [135, 145]),
  potassium: test('Potassium', '2823-3 Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 1, [3.5, 5.1]),
  calcium: test('Calcium', '17861-6 Calcium [Mass/volume] in Serum or Plasma', 'mg/dL', 1, [8.6, 10.3]),
  urate: test('Uric acid', '3084-1 Urate [Mass/volume] in Serum or Plasma', 'mg/dL', 1, {
    female: [2.4, 6],
    male: [3.4, 7],
  }),
  cholesterol: test('Cholesterol, total', '2093-3 Cholesterol [Mass/volume] in Serum or Plasma', 'mg/dL', 0, [
    null,
    200,
  ]),
  hdl: test('HDL cholesterol', '2085-9 Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'mg/dL', 0, {
    female: [50, null],
    male: [40, null],
  }),
  ldl: test(
    'LDL cholesterol',
    '13457-7 Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation',
    'mg/dL',
    0,
    [null, 100],
  ),
  triglycerides: test('Triglycerides', '2571-8 Triglyceride [Mass/volume] in Serum or Plasma', 'mg/dL', 0, [
    null,
    150,
  ]),
  albuminRatio: test(
    'Albumin/creatinine, urine',
    '9318-7 Albumin/Creatinine [Mass Ratio] in Urine',
    'mg/g',
    0,
    [null, 30],
  ),
  alt: test(
    'ALT (SGPT)',
    '1742-6 Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma',
    'U/L',
    0,
    { female: [null, 35], male: [null, 45] },
  ),
  ast: test(
    'AST (SGOT)',
    '1920-8 Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma',
    'U/L',
    0,
    [null, 40],
  ),
  phosphatase: test(
    'Alkaline phosphatase',
    '6768-6 Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma',
    'U/L',
    0,
    [40, 130],
  ),
  bilirubin: test(
    'Bilirubin, total',
    '1975-2 Bilirubin.total [Mass/volume] in Serum or Plasma',
    'mg/dL',
    1,
    [0.2, 1.2],
  ),
  albumin: test('Albumin', '1751-7 Albumin [Mass/volume] in Serum or Plasma', 'g/dL', 1, [3.5, 5.2]),
  haemoglobin: test('Haemoglobin', '718-7 Hemoglobin [Mass/volume] in Blood', 'g/dL', 1, {
    female: [12, 15.5],
    male: [13, 17],
    child: [11, 14.5],
  }),
  haematocrit: test(
    'Haematocrit',
    '4544-3 Hematocrit [Volume Fraction] of Blood by Automated count',
    '%',
    0,
    { female: [36, 46], male: [40, 50], child: [33, 43] },
  ),
  leucocytes: test(
    'Leucocytes',
    '6690-2 Leukocytes [#/volume] in Blood by Automated count',
    '10³/µL',
    1,
    [4, 11],
  ),
  platelets: test(
    'Platelets',
    '777-3 Platelets [#/volume] in Blood by Automated count',
    '10³/µL',
    0,
    [150, 410],
  ),
  mcv: test('MCV', '787-2 MCV [Entitic volume] by Automated count', 'fL', 0, [80, 100]),
  eosinophils: test(
    'Eosinophils',
    '713-8 Eosinophils/100 leukocytes in Blood by Automated count',
    '%',
    0,
    [1, 6],
  ),
  ferritin: test('Ferritin', '2276-4 Ferritin [Mass/volume] in Serum or Plasma', 'ng/mL', 0, {
    female: [13, 150],
    male: [30, 400],
    child: [12, 140],
  }),
  b12: test(
    'Vitamin B12',
    '2132-9 Cobalamin (Vitamin B12) [Mass/volume] in Serum or Plasma',
    'pg/mL',
    0,
    [200, 900],
  ),
  vitaminD: test(
    'Vitamin D (25-OH)',
    '1989-3 25-hydroxyvitamin D3 [Mass/volume] in Serum or Plasma',
    'ng/mL',
    0,
    [30, 100],
  ),
  tsh: test('TSH', '3016-3 Thyrotropin [Units/volume] in Serum or Plasma', 'µIU/mL', 2, [0.4, 4.5]),
  t4: test('Free T4', '3024-7 Thyroxine (T4) free [Mass/volume] in Serum or Plasma', 'ng/dL', 2, [0.8, 1.8]),
  crp: test('C-reactive protein', '1988-5 C reactive protein [Mass/volume] in Serum or Plasma', 'mg/L', 1, [
    null,
    5,
  ]),
  esr: test('ESR', '30341-2 Erythrocyte sedimentation rate', 'mm/h', 0, {
    female: [null, 20],
    male: [null, 15],
  }),
  troponin: test('Troponin I', '10839-9 Troponin I.cardiac [Mass/volume] in Serum or Plasma', 'ng/mL', 2, [
    null,
    0.04,
  ]),
  natriuretic: test(
    'NT-proBNP',
    '33762-6 Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma',
    'pg/mL',
    0,
    [null, 125],
  ),
  ejection: test(
    'Left ventricular ejection fraction',
    '10230-1 Left ventricular Ejection fraction',
    '%',
    0,
    [52, 72],
  ),
  fev1: test('FEV1', '20150-9 FEV1', 'L', 2),
  fvc: test('FVC', '19868-9 Forced vital capacity [Volume] Respiratory system by Spirometry', 'L', 2),
  fev1Ratio: test('FEV1/FVC', '19926-5 FEV1/FVC', '%', 0, [70, null]),
  peakFlow: test(
    'Peak flow',
    '33452-4 Maximum expiratory gas flow Respiratory system airway by Peak flow meter',
    'L/min',
    0,
  ),
  rheumatoid: test(
    'Rheumatoid factor',
    '11572-5 Rheumatoid factor [Units/volume] in Serum or Plasma',
    'IU/mL',
    0,
    [null, 14],
  ),
  bone: test(
    'Bone density, lumbar spine, T-score',
    '38267-1 DXA Lumbar spine [T-score] Bone density',
    '{score}',
    1,
    [-1, null],
  ),
  psa: test('PSA', '2857-1 Prostate specific Ag [Mass/volume] in Serum or Plasma', 'ng/mL', 1, [null, 4]),
} as const satisfies Record<string, LabTest>
export type TestName = keyof typeof TESTS

/** Tests that are reported together: title, LOINC term of the panel, section of HL7 table 0074. */
export const PANELS = {
  glucose: ['Blood glucose', '', 'CH'],
  lipids: ['Lipid profile', 'loinc 24331-1 Lipid 1996 panel - Serum or Plasma', 'CH'],
  kidney: ['Kidney function', 'loinc 24362-6 Renal function 2000 panel - Serum or Plasma', 'CH'],
  liver: ['Liver function', 'loinc 24325-3 Hepatic function 2000 panel - Serum or Plasma', 'CH'],
  blood: ['Complete blood count', 'loinc 58410-2 CBC panel - Blood by Automated count', 'HM'],
  thyroid: ['Thyroid function', '', 'CH'],
  iron: ['Iron and vitamins', '', 'CH'],
  heart: ['Cardiac markers', '', 'CH'],
  inflammation: ['Inflammation', '', 'CH'],
  spirometry: ['Spirometry', '', 'PF'],
  tolerance: ['Glucose tolerance test, 75 g', '', 'CH'],
  newborn: ['Bilirubin', '', 'CH'],
} as const
export type PanelName = keyof typeof PANELS
