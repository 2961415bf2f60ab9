import { foldText, stemWord } from './tokens.ts'

/**
 * Words that mean the same to somebody who searches: Hindi, everyday English, abbreviations. One group per line; a word
 * of it finds what is written with any other.
 */
const GROUPS = `
diabetes, मधुमेह, शुगर, डायबिटीज, sugar, dm, t2dm
glucose, शर्करा, ग्लूकोज, शुगर, sugar, rbs, fbs, ppbs
hba1c, hemoglobin a1c, glycated, a1c
hypertension, उच्च रक्तचाप, हाई बीपी, htn
blood pressure, रक्तचाप, बीपी, bp
heart, हृदय, दिल, cardiac
heart attack, दिल का दौरा, हृदयाघात, myocardial infarction, mi
heart rate, नाड़ी, धड़कन, pulse, hr
fever, बुखार, ज्वर, pyrexia
cough, खांसी
cold, जुकाम, सर्दी, common cold, rhinitis
asthma, दमा, अस्थमा
breathlessness, सांस फूलना, dyspnea, shortness of breath
pain, दर्द, ache
headache, सिरदर्द, सिर दर्द
stomach pain, पेट दर्द, abdominal pain
diarrhea, diarrhoea, दस्त, loose motions
vomiting, उल्टी, emesis
constipation, कब्ज
jaundice, पीलिया
anemia, anaemia, खून की कमी, एनीमिया
hemoglobin, haemoglobin, हीमोग्लोबिन, hb
blood, खून, रक्त
blood count, cbc, hemogram
urine, पेशाब, मूत्र
stool, मल
kidney, गुर्दा, किडनी, renal
kidney function, kft, rft, creatinine, urea
liver, जिगर, यकृत, लिवर, hepatic
liver function, lft, alt, ast, bilirubin
thyroid, थायराइड, tft, tsh
cholesterol, कोलेस्ट्रॉल, lipid, lipids
lung, फेफड़ा, pulmonary
tuberculosis, क्षय रोग, टीबी, tb
malaria, मलेरिया
dengue, डेंगू
typhoid, टाइफाइड, enteric fever
pregnancy, गर्भावस्था, गर्भ, pregnant
delivery, प्रसव, childbirth
baby, शिशु, infant, newborn
child, बच्चा, children
vaccine, टीका, टीकाकरण, vaccination, immunization, immunisation
allergy, एलर्जी
medicine, दवा, दवाई, medication, drug
tablet, गोली
injection, इंजेक्शन, सुई
ointment, मरहम, cream
doctor, डॉक्टर, चिकित्सक
hospital, अस्पताल
report, रिपोर्ट
test, जांच, laboratory, lab
x-ray, xray, एक्स रे, एक्सरे, radiography
ultrasound, अल्ट्रासाउंड, सोनोग्राफी, usg, sonography
ct, सीटी, computed tomography
mri, एमआरआई, magnetic resonance
ecg, ईसीजी, ekg, electrocardiogram
scan, स्कैन, imaging
surgery, ऑपरेशन, शल्य, operation
fracture, हड्डी टूटना, फ्रैक्चर
bone, हड्डी
tooth, दांत, dental
eye, आंख, ocular
ear, कान
nose, नाक
throat, गला
skin, त्वचा, dermatitis
wound, घाव, चोट, injury
burn, जलना
stroke, पक्षाघात, लकवा, cva
paralysis, लकवा, palsy
epilepsy, मिर्गी, seizure
depression, अवसाद
anxiety, चिंता, घबराहट
sleep, नींद, insomnia
cancer, कैंसर, carcinoma, neoplasm, malignant
infection, संक्रमण
weight, वजन
height, कद, लंबाई
temperature, तापमान
oxygen, ऑक्सीजन, spo2
smoking, धूम्रपान, tobacco, तंबाकू
alcohol, शराब
discharge, छुट्टी
prescription, पर्ची, नुस्खा, rx
visit, मुलाकात, encounter
uti, urinary tract infection
copd, chronic obstructive
ckd, chronic kidney disease
vitamin, विटामिन
calcium, कैल्शियम
iron, आयरन, लोहा, ferrous
`

function readGroups(): Map<string, string[][]> {
  const meanings = new Map<string, string[][]>()
  for (const line of GROUPS.trim().split('\n')) {
    const phrases = line.split(',').map((phrase) =>
      foldText(phrase)
        .trim()
        .split(/[\s-]+/)
        .map(stemWord),
    )
    for (const phrase of phrases) {
      const key = phrase.join(' ')
      const others = phrases.filter((one) => one !== phrase)
      meanings.set(key, [...(meanings.get(key) ?? []), ...others])
    }
  }
  return meanings
}

let meanings: Map<string, string[][]> | undefined

/** Other ways to say a word or several, each as its words; none where it stands in no group. */
export function otherWordsFor(words: readonly string[]): readonly (readonly string[])[] {
  meanings ??= readGroups()
  return meanings.get(words.map((word) => stemWord(foldText(word))).join(' ')) ?? []
}
