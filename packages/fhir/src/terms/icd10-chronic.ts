// Format as in icd10-infections.ts.

/** C00–H95: tumours, blood, hormones, mind, nerves, eye and ear. */
export const ICD10_CHRONIC = `
C18.9|Malignant neoplasm of colon, unspecified|बड़ी आँत का कैंसर|colon cancer
C34.90|Malignant neoplasm of unspecified part of unspecified bronchus or lung|फेफड़े का कैंसर|lung cancer
C50.919|Malignant neoplasm of unspecified site of unspecified female breast|स्तन कैंसर|breast cancer, Ca breast
C53.9|Malignant neoplasm of cervix uteri, unspecified|गर्भाशय ग्रीवा का कैंसर|cervical cancer, Ca cervix
C61|Malignant neoplasm of prostate|प्रोस्टेट कैंसर|prostate cancer
C06.9|Malignant neoplasm of mouth, unspecified|मुँह का कैंसर|oral cancer
D17.9|Benign lipomatous neoplasm, unspecified|चर्बी की गाँठ|lipoma
D25.9|Leiomyoma of uterus, unspecified|गर्भाशय की रसौली|fibroid, uterine fibroid
D50.9*|Iron deficiency anemia, unspecified|आयरन की कमी से ख़ून की कमी|anaemia, iron deficiency anaemia, IDA, एनीमिया
D51.9|Vitamin B12 deficiency anemia, unspecified|विटामिन B12 की कमी से ख़ून की कमी|B12 deficiency anaemia
D56.9|Thalassemia, unspecified|थैलेसीमिया|
D57.1|Sickle-cell disease without crisis|सिकल सेल रोग|sickle cell
D64.9*|Anemia, unspecified|ख़ून की कमी|anaemia, एनीमिया
D69.6|Thrombocytopenia, unspecified|प्लेटलेट की कमी|low platelets
E03.9*|Hypothyroidism, unspecified|हाइपोथायरॉइडिज़्म (थायरॉइड की कमी)|hypothyroid, thyroid, थायरॉइड
E04.9|Nontoxic goiter, unspecified|घेंघा|goitre
E05.90|Thyrotoxicosis, unspecified without thyrotoxic crisis or storm|हाइपरथायरॉइडिज़्म (थायरॉइड की अधिकता)|hyperthyroidism, hyperthyroid
E10.9|Type 1 diabetes mellitus without complications|टाइप 1 मधुमेह|T1DM, diabetes type 1, डायबिटीज़
E11.9*|Type 2 diabetes mellitus without complications|टाइप 2 मधुमेह|T2DM, diabetes, मधुमेह, sugar, DM, डायबिटीज़, शुगर
E11.22|Type 2 diabetes mellitus with diabetic chronic kidney disease|टाइप 2 मधुमेह, गुर्दे पर असर के साथ|diabetic nephropathy, diabetic kidney disease
E11.319|Type 2 diabetes mellitus with unspecified diabetic retinopathy without macular edema|टाइप 2 मधुमेह, आँख के पर्दे पर असर के साथ|diabetic retinopathy
E11.40|Type 2 diabetes mellitus with diabetic neuropathy, unspecified|टाइप 2 मधुमेह, नसों पर असर के साथ|diabetic neuropathy
E11.621|Type 2 diabetes mellitus with foot ulcer|टाइप 2 मधुमेह, पैर के घाव के साथ|diabetic foot
E11.65*|Type 2 diabetes mellitus with hyperglycemia|टाइप 2 मधुमेह, बढ़ी हुई शुगर के साथ|uncontrolled diabetes, high sugar
E16.2|Hypoglycemia, unspecified|शुगर कम होना|low sugar, hypo
E28.2|Polycystic ovarian syndrome|पीसीओएस|PCOS, PCOD
E44.0|Moderate protein-calorie malnutrition|मध्यम कुपोषण|malnutrition
E53.8|Deficiency of other specified B group vitamins|बी समूह के विटामिन की कमी|vitamin B12 deficiency, B12
E55.9*|Vitamin D deficiency, unspecified|विटामिन डी की कमी|vitamin D
E66.9*|Obesity, unspecified|मोटापा|overweight
E78.00|Pure hypercholesterolemia, unspecified|बढ़ा हुआ कोलेस्ट्रॉल|high cholesterol
E78.2*|Mixed hyperlipidemia|मिश्रित हाइपरलिपिडीमिया|dyslipidaemia, high cholesterol, lipids
E78.5|Hyperlipidemia, unspecified|ख़ून में बढ़ी चर्बी|dyslipidaemia
E79.0|Hyperuricemia without signs of inflammatory arthritis and tophaceous disease|बढ़ा हुआ यूरिक एसिड|uric acid
E86.0|Dehydration|पानी की कमी|
E87.1|Hypo-osmolality and hyponatremia|सोडियम की कमी|low sodium
E87.6|Hypokalemia|पोटैशियम की कमी|low potassium
F10.20|Alcohol dependence, uncomplicated|शराब की लत|alcoholism
F17.210|Nicotine dependence, cigarettes, uncomplicated|सिगरेट की लत|smoking, tobacco
F20.9|Schizophrenia, unspecified|स्किज़ोफ़्रेनिया|
F32.A|Depression, unspecified|अवसाद|depression
F41.1|Generalized anxiety disorder|सामान्यीकृत चिंता विकार|GAD
F41.9*|Anxiety disorder, unspecified|चिंता (घबराहट)|anxiety
F51.01|Primary insomnia|अनिद्रा|sleeplessness
G20.A1|Parkinson's disease without dyskinesia, without mention of fluctuations|पार्किंसन रोग|parkinsonism
G40.909|Epilepsy, unspecified, not intractable, without status epilepticus|मिर्गी|seizure disorder, fits
G43.909*|Migraine, unspecified, not intractable, without status migrainosus|माइग्रेन|आधासीसी
G44.209|Tension-type headache, unspecified, not intractable|तनाव का सिरदर्द|tension headache
G47.33|Obstructive sleep apnea (adult) (pediatric)|नींद में साँस रुकना|OSA, sleep apnoea
G51.0|Bell's palsy|चेहरे का लकवा|facial palsy
G56.00|Carpal tunnel syndrome, unspecified upper limb|कार्पल टनल सिंड्रोम|CTS
G62.9|Polyneuropathy, unspecified|नसों की कमज़ोरी|neuropathy
H10.9*|Unspecified conjunctivitis|आँख आना|conjunctivitis, red eye, pink eye
H25.9|Unspecified age-related cataract|मोतियाबिंद|cataract
H40.9|Unspecified glaucoma|काला मोतिया|glaucoma
H52.4|Presbyopia|पास की नज़र की कमज़ोरी|
H60.90|Unspecified otitis externa, unspecified ear|बाहरी कान का संक्रमण|otitis externa
H61.20|Impacted cerumen, unspecified ear|कान का मैल|ear wax
H66.90*|Otitis media, unspecified, unspecified ear|मध्य कान का संक्रमण|ear infection, otitis media, ASOM, CSOM
H81.10|Benign paroxysmal vertigo, unspecified ear|चक्कर (बीपीपीवी)|BPPV
H91.90|Unspecified hearing loss, unspecified ear|सुनाई कम देना|deafness
`
