import type { Sensitivity } from './sensitive-codes.ts'

/**
 * Words in a concept's text or display that make a record sensitive when its code is local or missing. Only names of
 * concepts are read, never notes or narrative. Look-behinds keep out what only sounds alike: ST depression, hearing
 * AIDS, non-alcoholic fatty liver, photophobia, Chlamydia pneumoniae.
 */
export const SENSITIVE_WORDS: readonly [Exclude<Sensitivity, 'label'>, RegExp][] = [
  [
    'hiv',
    /\bHIV\b|(?<!(?:[Hh]earing|[Vv]isual|[Ww]alking|[Mm]obility|[Dd]ecision|HEARING|VISUAL|WALKING|MOBILITY|DECISION)\s)\bAIDS\b|एचआईवी|एड्स/,
  ],
  [
    'hiv',
    /human immunodeficiency virus|acquired immun(?:e|o) ?deficiency|anti-?retroviral|pre-exposure prophylaxis/i,
  ],
  [
    'hiv',
    /\b(?:zidovudine|abacavir|emtricitabine|efavirenz|nevirapine|etravirine|rilpivirine|doravirine|\w+tegravir|darunavir|atazanavir|lopinavir|maraviroc|enfuvirtide|biktarvy|truvada|descovy)\b/i,
  ],
  [
    'mental-health',
    /(?<!\b(?:ST|segment|respiratory|marrow|CNS|myocardial|immune|ventilatory)[ -])\bdepression\b(?! (?:fracture|of (?:the )?(?:skull|bone marrow|ST)))|\bdepressive\b|dysthymi|\bPHQ-?\d|\bGAD-?\d|अवसाद|आत्महत्या/i,
  ],
  [
    'mental-health',
    /\banxiety\b|\bpanic (?:attack|disorder)|agoraphobi|social phobia|obsessive[ -]compulsive|post-?traumatic stress|\bPTSD\b|schizo(?:phren|affect|typal|id)|\bpsychosis\b|\bpsychotic\b|\bbipolar (?:\w+ )?disorder|\bmani[ac] episode|personality disorder|anorexia nervosa|bulimi|eating disorder|attention[ -]deficit|\bADHD\b/i,
  ],
  [
    'mental-health',
    /suicid|self[ -]?(?:harm|injur)|psychiatr|psychotherap|mental (?:health|disorder|illness)|cognitive[ -](?:and )?behaviou?ral therapy|electroconvulsive/i,
  ],
  [
    'mental-health',
    /\b(?:sertraline|fluoxetine|(?:es)?citalopram|paroxetine|fluvoxamine|venlafaxine|mirtazapine|bupropion|trazodone|lithium carbonate|clozapine|olanzapine|quetiapine|risperidone|paliperidone|aripiprazole|haloperidol|ziprasidone|lurasidone|chlorpromazine|fluphenazine|methylphenidate|atomoxetine|lisdexamfetamine)\b/i,
  ],
  [
    'substance-use',
    /(?<!non-?\s?)\balcoholi(?:sm|c (?!drinks?\b|beverage|solution|extract))|\balcohol (?:abuse|dependen|use disorder|withdrawal|intoxication|addiction|misuse|detox)|\bAUDIT-C\b|\bDAST-?10\b/i,
  ],
  [
    'substance-use',
    /\b(?:drugs?|substances?|opioid|opiate|cocaine|cannabis|marijuana|amphetamine|heroin|sedative|stimulant|inhalant|hallucinogen|polysubstance)[ -](?:abuse|dependen|use disorder|addiction|misuse|withdrawal|overdose|rehabilitation|detox)|drugs of abuse|dependent drug abuse|\baddict|detoxification|नशा मुक्ति/i,
  ],
  ['substance-use', /\b(?:methadone|buprenorphine|naltrexone|disulfiram|acamprosate|suboxone)\b/i],
  [
    'sexual-reproductive',
    /contracepti|\babortion|terminat(?:e|ion) of pregnancy|pregnancy termination|miscarriage|ectopic pregnancy|tubal pregnancy|blighted ovum|vasectomy|tubal ligation|intrauterine (?:device|system)|\bIUC?D\b|infertility|in vitro fertili[sz]ation|गर्भपात/i,
  ],
  [
    'sexual-reproductive',
    /sexually transmitted|\bST[ID] (?:screen|test)|syphilis|gonorrh|chlamydia(?! pneumoniae| psittaci)|genital (?:herpes|wart)|herpes genitalis|trichomon(?:iasis|as vaginalis)|gender (?:dysphoria|identity|reassign|incongruence)|transgender|sexual (?:orientation|dysfunction|behaviou?r)|erectile dysfunction/i,
  ],
  [
    'sexual-reproductive',
    /\b(?:etonogestrel|levonorgestrel|drospirenone|norgestimate|desogestrel|ulipristal|mifepristone|medroxyprogesterone|mirena|kyleena|liletta|nexplanon|nuvaring)\b|\b(?:21|28|91) day pack\b/i,
  ],
  [
    'violence',
    /domestic (?:violence|abuse)|intimate partner|sexual (?:assault|abuse)|\brape\b|child abuse|physical abuse|battered|reports of violence/i,
  ],
]
