/**
 * Codes that make a record sensitive: mental health, substance use, HIV, sexual and reproductive health, violence.
 * A starting point after SAMHSA's Consent2Share topics, not a complete terminology; `sensitive-words.ts` catches
 * what carries a local code or none. Left out on purpose, because hiding them endangers the patient or hides
 * nothing: dementia, developmental disorders, tobacco, an ongoing pregnancy and birth, HPV and hepatitis.
 */
export type Sensitivity =
  | 'label'
  | 'mental-health'
  | 'substance-use'
  | 'hiv'
  | 'sexual-reproductive'
  | 'violence'

type Topic = Exclude<Sensitivity, 'label'>

/** [first, last] three-character categories, both included; a longer prefix stands for itself. WHO ICD-10, ICD-10-CM. */
export const ICD10_RANGES: readonly [Topic, string, string][] = [
  ['substance-use', 'F10', 'F16'],
  ['substance-use', 'F18', 'F19'],
  ['mental-health', 'F20', 'F69'],
  ['mental-health', 'F90', 'F99'],
  ['hiv', 'B20', 'B24'],
  ['hiv', 'Z21', 'Z21'],
  ['hiv', 'O98.7', 'O98.7'],
  ['hiv', 'R75', 'R75'],
  ['hiv', 'Z11.4', 'Z11.4'],
  ['hiv', 'Z20.6', 'Z20.6'],
  ['hiv', 'Z71.7', 'Z71.7'],
  ['sexual-reproductive', 'A50', 'A64'],
  ['sexual-reproductive', 'N46', 'N46'],
  ['sexual-reproductive', 'N97', 'N97'],
  ['sexual-reproductive', 'O00', 'O08'],
  ['sexual-reproductive', 'Z30', 'Z31'],
  ['sexual-reproductive', 'Z33.2', 'Z33.2'],
  ['sexual-reproductive', 'Z64.0', 'Z64.0'],
  ['sexual-reproductive', 'Z70', 'Z70'],
  ['substance-use', 'T40', 'T40'],
  ['substance-use', 'Z71.4', 'Z71.5'],
  ['substance-use', 'K70', 'K70'],
  ['mental-health', 'R45.8', 'R45.8'],
  ['mental-health', 'T14.91', 'T14.91'],
  ['mental-health', 'X60', 'X84'],
  ['mental-health', 'Z91.5', 'Z91.5'],
  ['violence', 'T74', 'T74'],
  ['violence', 'T76', 'T76'],
  ['violence', 'Y05', 'Y07'],
]

/** ICD-11 MMS: chapter 06 without neurodevelopmental (6A0) and neurocognitive (6D7, 6D8) disorders. */
export const ICD11_PREFIXES: readonly [Topic, RegExp][] = [
  ['substance-use', /^6C4/],
  ['mental-health', /^6(A[2-8]|B|C[0-35-9]|D[1-6]|E)/],
  ['hiv', /^1C6/],
  ['sexual-reproductive', /^(1A[6-9]|HA[0-6]|JA0|QA21|GA31|GB04)/],
  ['violence', /^PJ/],
]

/** ATC classes: antipsychotics, antidepressants, stimulants, addiction, antiretrovirals, contraception, potency. */
export const ATC_PREFIXES: readonly [Topic, RegExp][] = [
  ['mental-health', /^(N05A|N06A|N06BA)/],
  ['substance-use', /^(N07BB|N07BC)/],
  ['hiv', /^(J05AE(?!30)|J05AF0[1-9]|J05AG|J05AJ|J05AR)/],
  ['sexual-reproductive', /^(G02B|G03A|G03XB|G04BE)/],
]

function codeMap(lists: Record<Topic, string>): ReadonlyMap<string, Topic> {
  const map = new Map<string, Topic>()
  for (const [topic, list] of Object.entries(lists) as [Topic, string][])
    for (const line of list.trim().split('\n')) map.set(line.trim().split(' ')[0] ?? '', topic)
  return map
}

/** SNOMED CT concepts, with their names to read by. Check digits are held by a test. */
export const SNOMED = codeMap({
  'mental-health': `
    35489007 depressive disorder
    370143000 major depressive disorder
    36923009 major depression, single episode
    66344007 recurrent major depression
    78667006 dysthymia
    58703003 postpartum depression
    171207006 depression screening
    48694002 anxiety
    197480006 anxiety disorder
    21897009 generalized anxiety disorder
    371631005 panic disorder
    191736004 obsessive-compulsive disorder
    47505003 posttraumatic stress disorder
    13746004 bipolar disorder
    58214004 schizophrenia
    68890003 schizoaffective disorder
    69322001 psychotic disorder
    33449004 personality disorder
    20010003 borderline personality disorder
    56882008 anorexia nervosa
    78004001 bulimia nervosa
    72366004 eating disorder
    406506008 attention deficit hyperactivity disorder
    192127007 child attention deficit disorder
    74732009 mental disorder
    82313006 suicide attempt
    6471006 suicidal thoughts
    44301001 suicide
    248062006 self-injurious behaviour
    228557008 cognitive and behavioural therapy
    75516001 psychotherapy
    23835007 electroconvulsive therapy`,
  'substance-use': `
    7200002 alcoholism
    15167005 alcohol abuse
    66590003 alcohol dependence
    191480000 alcohol withdrawal syndrome
    66214007 substance abuse
    191816009 drug dependence
    6525002 dependent drug abuse
    26416006 drug abuse
    5602001 opioid abuse
    75544000 opioid dependence
    145121000119106 intravenous nondependent opioid abuse
    78267003 cocaine abuse
    31956009 cocaine dependence
    37344009 cannabis abuse
    85005007 cannabis dependence
    84758004 amphetamine abuse
    55680006 drug overdose
    1149222004 overdose
    56876005 drug rehabilitation and detoxification`,
  hiv: `
    86406008 human immunodeficiency virus infection
    62479008 AIDS
    91947003 asymptomatic HIV infection
    165816005 HIV positive
    278977008 HIV status
    31676001 HIV antigen test
    171121004 HIV screening`,
  'sexual-reproductive': `
    13197004 contraception
    169553002 insertion of subcutaneous contraceptive
    301807007 removal of subcutaneous contraceptive
    65200003 insertion of intrauterine contraceptive device
    46706006 replacement of contraceptive intrauterine device
    68254000 removal of intrauterine device
    22523008 vasectomy
    287664005 tubal ligation
    19169002 miscarriage in first trimester
    85116003 miscarriage in second trimester
    156073000 complete miscarriage
    17369002 miscarriage
    161744009 history of miscarriage
    35999006 blighted ovum
    79586000 tubal pregnancy
    34801009 ectopic pregnancy
    57797005 termination of pregnancy
    714812005 induced termination of pregnancy
    10383002 counselling for termination of pregnancy
    386394001 pregnancy termination care
    15296000 sterility
    6738008 female infertility
    2904007 male infertility
    8098009 sexually transmitted infectious disease
    76272004 syphilis
    15628003 gonorrhoea
    240589008 chlamydia trachomatis infection
    33839006 genital herpes simplex
    56335008 trichomonal vaginitis
    310861008 chlamydia antigen test
    165829005 gonorrhoea test
    269828009 syphilis test
    397803000 erectile dysfunction
    93461009 gender dysphoria`,
  violence: `
    706893006 victim of intimate partner abuse
    424393004 reports of violence in the environment
    248110007 sexual assault`,
})

/** LOINC terms, with their names to read by. */
export const LOINC = codeMap({
  'mental-health': `
    44249-1 PHQ-9 panel
    44261-6 PHQ-9 total score
    44260-8 PHQ-9 thoughts of self-harm
    55757-9 PHQ-2 panel
    55758-7 PHQ-2 total score
    89204-2 PHQ-9 modified for teens
    73831-0 adolescent depression screening
    73832-8 adult depression screening
    69737-5 GAD-7 panel
    70274-6 GAD-7 total score
    71354-5 Edinburgh postnatal depression scale
    93267-3 C-SSRS suicidal behaviour
    34788-0 psychiatry consultation note`,
  'substance-use': `
    72109-2 AUDIT-C panel
    75626-2 AUDIT-C total score
    82666-9 DAST-10 panel
    82667-7 DAST-10 total score
    74013-4 alcoholic drinks per day
    5640-8 ethanol in blood
    5643-2 ethanol in serum
    3426-4 cannabinoids in urine
    3397-7 cocaine in urine
    3349-8 amphetamines in urine
    3879-4 opiates in urine`,
  hiv: `
    75622-1 HIV 1 and 2 tests
    7917-8 HIV 1 antibody
    7918-6 HIV 1+2 antibody
    31201-7 HIV 1+2 antibody, immunoassay
    29893-5 HIV 1 antibody, immunoassay
    68961-2 HIV 1 antibody, rapid
    80387-4 HIV 1+2 antibody, rapid
    56888-1 HIV 1+2 antibody and p24 antigen
    5221-7 HIV 1 antibody, immunoblot
    5222-5 HIV 1 antigen
    20447-9 HIV 1 RNA copies
    25836-8 HIV 1 RNA
    62469-2 HIV 1 RNA units
    70241-5 HIV 1 RNA viral load
    24467-3 CD3+CD4+ cells`,
  'sexual-reproductive': `
    21613-5 Chlamydia trachomatis DNA
    43304-5 Chlamydia trachomatis rRNA
    36902-5 Chlamydia and gonorrhoea DNA
    24111-7 Neisseria gonorrhoeae DNA
    43305-2 Neisseria gonorrhoeae rRNA
    20507-0 syphilis RPR
    31147-2 syphilis RPR titre
    5292-8 syphilis VDRL
    24312-1 Treponema pallidum antibody
    76690-7 sexual orientation
    76691-5 gender identity`,
  violence: `
    76501-6 fear of a partner (HARK)`,
})
