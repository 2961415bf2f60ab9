// Format as in icd10-infections.ts.

/** I00–N99: heart, lungs, stomach, skin, joints, kidneys. */
export const ICD10_ORGANS = `
I05.9|Rheumatic mitral valve disease, unspecified|आमवाती माइट्रल वाल्व रोग|RHD, mitral valve
I10*|Essential (primary) hypertension|उच्च रक्तचाप|hypertension, high blood pressure, high BP, BP, HTN, बीपी
I11.9|Hypertensive heart disease without heart failure|उच्च रक्तचाप से हृदय रोग|
I20.9|Angina pectoris, unspecified|एनजाइना (सीने में दर्द)|angina
I21.4|Non-ST elevation (NSTEMI) myocardial infarction|दिल का दौरा (एनस्टेमी)|NSTEMI, heart attack
I21.9|Acute myocardial infarction, unspecified|दिल का दौरा|heart attack, MI
I25.10*|Atherosclerotic heart disease of native coronary artery without angina pectoris|हृदय धमनी रोग|CAD, IHD, coronary artery disease
I25.2|Old myocardial infarction|पुराना दिल का दौरा|old MI
I26.99|Other pulmonary embolism without acute cor pulmonale|फेफड़े में ख़ून का थक्का|PE, pulmonary embolism
I34.0|Nonrheumatic mitral (valve) insufficiency|माइट्रल वाल्व का रिसाव|MR
I42.0|Dilated cardiomyopathy|फैला हुआ कमज़ोर हृदय|DCM
I48.91|Unspecified atrial fibrillation|एट्रियल फ़िब्रिलेशन|AF, irregular heartbeat
I49.9|Cardiac arrhythmia, unspecified|दिल की अनियमित धड़कन|arrhythmia
I50.9*|Heart failure, unspecified|हृदय विफलता|CCF, CHF
I63.9|Cerebral infarction, unspecified|मस्तिष्क का आघात (स्ट्रोक)|stroke, CVA, लकवा
I69.354|Hemiplegia and hemiparesis following cerebral infarction affecting left non-dominant side|स्ट्रोक के बाद बाईं ओर का लकवा|
I73.9|Peripheral vascular disease, unspecified|पैरों की धमनियों का रोग|PVD, PAD
I80.3|Phlebitis and thrombophlebitis of lower extremities, unspecified|पैर की नस में सूजन|phlebitis
I82.409|Acute embolism and thrombosis of unspecified deep veins of unspecified lower extremity|पैर की गहरी नस में थक्का|DVT
I83.90|Asymptomatic varicose veins of unspecified lower extremity|फूली हुई नसें|varicose veins
I95.9|Hypotension, unspecified|निम्न रक्तचाप|low blood pressure, low BP
J00*|Acute nasopharyngitis [common cold]|सर्दी-ज़ुकाम|cold, URTI
J01.90*|Acute sinusitis, unspecified|तीव्र साइनस|sinusitis
J02.9*|Acute pharyngitis, unspecified|गले का संक्रमण|sore throat, pharyngitis
J03.90|Acute tonsillitis, unspecified|टॉन्सिल का संक्रमण|tonsillitis
J04.0|Acute laryngitis|स्वरयंत्र की सूजन|hoarse voice
J06.9*|Acute upper respiratory infection, unspecified|ऊपरी श्वसन तंत्र का संक्रमण|URI, URTI
J11.1|Influenza due to unidentified influenza virus with other respiratory manifestations|इन्फ़्लुएंज़ा (फ़्लू)|flu
J18.9*|Pneumonia, unspecified organism|निमोनिया|chest infection, LRTI
J20.9*|Acute bronchitis, unspecified|तीव्र ब्रोंकाइटिस|bronchitis
J21.9|Acute bronchiolitis, unspecified|ब्रोंकियोलाइटिस|
J30.9*|Allergic rhinitis, unspecified|एलर्जी का ज़ुकाम|allergic rhinitis, hay fever
J32.9|Chronic sinusitis, unspecified|पुराना साइनस|
J42|Unspecified chronic bronchitis|पुराना ब्रोंकाइटिस|
J44.1|Chronic obstructive pulmonary disease with (acute) exacerbation|सीओपीडी, बिगड़ी हुई|COPD exacerbation, AECOPD
J44.9*|Chronic obstructive pulmonary disease, unspecified|सीओपीडी (पुराना फेफड़े का रोग)|COPD
J45.901|Unspecified asthma with (acute) exacerbation|दमा, बिगड़ा हुआ|asthma attack
J45.909*|Unspecified asthma, uncomplicated|दमा|asthma, अस्थमा
J90|Pleural effusion, not elsewhere classified|फेफड़े की झिल्ली में पानी|pleural effusion
J96.00|Acute respiratory failure, unspecified whether with hypoxia or hypercapnia|श्वसन विफलता|
K02.9|Dental caries, unspecified|दाँत में कीड़ा|tooth decay, cavity
K04.7|Periapical abscess without sinus|दाँत की जड़ में फोड़ा|dental abscess
K12.0|Recurrent oral aphthae|मुँह के छाले|mouth ulcers
K21.9*|Gastro-esophageal reflux disease without esophagitis|एसिड रिफ़्लक्स|GERD, acidity, reflux, heartburn
K25.9|Gastric ulcer, unspecified as acute or chronic, without hemorrhage or perforation|पेट का अल्सर|gastric ulcer
K29.70*|Gastritis, unspecified, without bleeding|गैस्ट्राइटिस|gastritis, acidity
K30*|Functional dyspepsia|अपच|indigestion, dyspepsia
K35.80|Unspecified acute appendicitis|अपेंडिक्स की सूजन|appendicitis
K40.90|Unilateral inguinal hernia, without obstruction or gangrene, not specified as recurrent|हर्निया (जाँघ का)|inguinal hernia
K52.9|Noninfective gastroenteritis and colitis, unspecified|आँतों की सूजन|colitis
K58.9*|Irritable bowel syndrome, unspecified|आईबीएस|IBS
K59.00*|Constipation, unspecified|कब्ज़|constipation
K60.2|Anal fissure, unspecified|गुदा में दरार|fissure
K64.9|Unspecified hemorrhoids|बवासीर|piles, haemorrhoids
K70.30|Alcoholic cirrhosis of liver without ascites|शराब से लिवर सिरोसिस|
K74.60|Unspecified cirrhosis of liver|लिवर सिरोसिस|cirrhosis
K76.0|Fatty (change of) liver, not elsewhere classified|फैटी लिवर|NAFLD, fatty liver
K80.20|Calculus of gallbladder without cholecystitis without obstruction|पित्त की पथरी|gallstones
K81.0|Acute cholecystitis|पित्ताशय की सूजन|cholecystitis
K85.90|Acute pancreatitis without necrosis or infection, unspecified|अग्न्याशय की सूजन|pancreatitis
K92.2|Gastrointestinal hemorrhage, unspecified|पेट में रक्तस्राव|GI bleed
L01.00|Impetigo, unspecified|त्वचा के फोड़े-फुंसी|
L02.91|Cutaneous abscess, unspecified|फोड़ा|abscess, boil
L03.90|Cellulitis, unspecified|त्वचा का गहरा संक्रमण|cellulitis
L20.9*|Atopic dermatitis, unspecified|एक्ज़िमा|eczema
L23.9|Allergic contact dermatitis, unspecified cause|संपर्क से त्वचा की एलर्जी|contact dermatitis
L30.9|Dermatitis, unspecified|त्वचा की सूजन|dermatitis
L40.9|Psoriasis, unspecified|सोरायसिस|
L50.9*|Urticaria, unspecified|पित्ती|hives
L63.9|Alopecia areata, unspecified|बाल झड़ना (चकत्तों में)|
L70.0*|Acne vulgaris|मुँहासे|pimples
L80|Vitiligo|सफ़ेद दाग़|
M06.9|Rheumatoid arthritis, unspecified|रूमेटॉइड गठिया|RA
M10.9|Gout, unspecified|गाउट|
M17.10*|Unilateral primary osteoarthritis, unspecified knee|घुटने का गठिया|knee osteoarthritis, OA knee
M19.90|Unspecified osteoarthritis, unspecified site|जोड़ों का घिसना|OA
M25.50|Pain in unspecified joint|जोड़ों का दर्द|joint pain
M25.569*|Pain in unspecified knee|घुटने का दर्द|knee pain
M47.812|Spondylosis without myelopathy or radiculopathy, cervical region|गर्दन की स्पॉन्डिलोसिस|cervical spondylosis
M54.2*|Cervicalgia|गर्दन का दर्द|neck pain
M54.30|Sciatica, unspecified side|साइटिका|
M54.50*|Low back pain, unspecified|कमर दर्द|backache, LBP
M75.00|Adhesive capsulitis of unspecified shoulder|कंधे की जकड़न|frozen shoulder
M79.10|Myalgia, unspecified site|मांसपेशियों का दर्द|body ache
M79.7|Fibromyalgia|फ़ाइब्रोमायल्जिया|
M81.0|Age-related osteoporosis without current pathological fracture|हड्डियों की कमज़ोरी|osteoporosis
N10|Acute pyelonephritis|गुर्दे का संक्रमण|pyelonephritis
N17.9|Acute kidney failure, unspecified|गुर्दे की तीव्र विफलता|AKI
N18.31*|Chronic kidney disease, stage 3a|गुर्दे का पुराना रोग, चरण 3a|CKD 3a
N18.9*|Chronic kidney disease, unspecified|गुर्दे का पुराना रोग|CKD
N20.0|Calculus of kidney|गुर्दे की पथरी|kidney stone, renal colic
N30.00|Acute cystitis without hematuria|मूत्राशय का संक्रमण|cystitis
N39.0*|Urinary tract infection, site not specified|मूत्र मार्ग का संक्रमण|UTI
N40.0|Benign prostatic hyperplasia without lower urinary tract symptoms|प्रोस्टेट का बढ़ना|BPH
N63.0|Unspecified lump in unspecified breast|स्तन में गाँठ|breast lump
N76.0|Acute vaginitis|योनि की सूजन|vaginitis
N91.2|Amenorrhea, unspecified|माहवारी न आना|
N92.0|Excessive and frequent menstruation with regular cycle|अधिक माहवारी|menorrhagia, heavy periods
N94.6|Dysmenorrhea, unspecified|माहवारी का दर्द|period pain
N95.1|Menopausal and female climacteric states|रजोनिवृत्ति|menopause
`
