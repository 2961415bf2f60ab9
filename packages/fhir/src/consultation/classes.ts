import { foldText } from '../search/tokens.ts'

/** How an allergy to a whole class is written down. */
const CLASS_WORDS: readonly (readonly [string, RegExp])[] = [
  ['penicillin', /penicillin|beta.?lactam|पेनिसिलिन/],
  ['cephalosporin', /cephalosporin|cefalosporin|beta.?lactam|सेफालोस्पोरिन/],
  ['carbapenem', /carbapenem|beta.?lactam/],
  ['sulfonamide', /sul(f|ph)a\b|sul(f|ph)onamide|sul(f|ph)a (drug|antibiotic)|सल्फा/],
  ['nsaid', /\bnsaids?\b|non.?steroid|anti.?inflammator/],
  ['salicylate', /salicylate|aspirin|एस्पिरिन/],
  ['macrolide', /macrolide/],
  ['quinolone', /quinolone/],
  ['tetracycline', /tetracycline/],
  ['aminoglycoside', /aminoglycoside/],
  ['opioid', /opioid|opiate/],
  ['statin', /\bstatins?\b/],
  ['ace-inhibitor', /\bace.inhibitor/],
  ['azole', /\bazole|imidazole antifungal/],
  ['nitroimidazole', /nitroimidazole/],
  ['iodine', /iodine|iodinated|आयोडीन/],
  ['local-anaesthetic', /local an(a)?esthetic|lignocaine|lidocaine/],
  ['heparin', /heparin/],
  ['insulin', /\binsulin/],
  ['vaccine', /\bvaccine/],
  ['aromatic-anticonvulsant', /anticonvulsant|anti.?epileptic/],
  ['corticosteroid', /\b(cortico)?steroids?\b/],
  ['benzodiazepine', /benzodiazepine/],
]

/** Classes between which reactions carry over often enough to ask. */
const CROSS: Readonly<Record<string, readonly string[]>> = {
  penicillin: ['cephalosporin', 'carbapenem'],
  cephalosporin: ['penicillin', 'carbapenem'],
  sulfonamide: ['sulfonamide-like', 'sulfone'],
  nsaid: ['salicylate'],
  salicylate: ['nsaid'],
}

/** Of these, two at once are one too many. */
export const ONE_IS_ENOUGH = new Set([
  'nsaid',
  'ppi',
  'statin',
  'ace-inhibitor',
  'arb',
  'beta-blocker',
  'calcium-blocker',
  'ssri',
  'benzodiazepine',
  'opioid',
  'anticoagulant',
  'sulfonylurea',
  'gliptin',
  'gliflozin',
  'macrolide',
  'quinolone',
  'antihistamine',
])

/** The classes that the words of an allergy name. */
export function classesNamed(words: string): string[] {
  const folded = foldText(words)
  return CLASS_WORDS.filter(([, pattern]) => pattern.test(folded)).map(([name]) => name)
}

/** Whether an allergy to one of `known` may also be one to one of `others`. */
export function isCrossReactive(known: readonly string[], others: readonly string[]): boolean {
  return known.some((one) =>
    (Object.hasOwn(CROSS, one) ? CROSS[one] : undefined)?.some((cross) => others.includes(cross)),
  )
}
