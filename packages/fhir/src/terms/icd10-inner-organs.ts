// Format as in icd10-tumours-blood.ts.

/** I00–N99: more of heart, lungs, stomach, skin, joints, kidneys. */
export const ICD10_INNER_ORGANS = `
I00|Rheumatic fever without heart involvement|आमवाती ज्वर|rheumatic fever, ARF
I01.9|Acute rheumatic heart disease, unspecified||
I05.0|Rheumatic mitral stenosis||MS, mitral stenosis
I06.9|Rheumatic aortic valve disease, unspecified||
I09.9|Rheumatic heart disease, unspecified||RHD
I11.0|Hypertensive heart disease with heart failure||
I12.9|Hypertensive chronic kidney disease with stage 1 through stage 4 chronic kidney disease, or unspecified chronic kidney disease||
I15.9|Secondary hypertension, unspecified||
I16.0|Hypertensive urgency||
I16.1|Hypertensive emergency||
I20.0|Unstable angina||ACS
I21.3|ST elevation (STEMI) myocardial infarction of unspecified site|दिल का दौरा (स्टेमी)|STEMI
I21.09|ST elevation (STEMI) myocardial infarction involving other coronary artery of anterior wall||anterior wall MI, AWMI
I21.19|ST elevation (STEMI) myocardial infarction involving other coronary artery of inferior wall||inferior wall MI, IWMI
I25.5|Ischemic cardiomyopathy||
I25.9|Chronic ischemic heart disease, unspecified||
I27.20|Pulmonary hypertension, unspecified||PAH
I27.81|Cor pulmonale (chronic)||
I30.9|Acute pericarditis, unspecified||
I31.39|Other pericardial effusion (noninflammatory)||pericardial effusion
I33.0|Acute and subacute infective endocarditis||IE, endocarditis
I35.0|Nonrheumatic aortic (valve) stenosis||AS, aortic stenosis
I35.1|Nonrheumatic aortic (valve) insufficiency||AR
I40.9|Acute myocarditis, unspecified||
I42.1|Obstructive hypertrophic cardiomyopathy||HOCM
I42.9|Cardiomyopathy, unspecified||
I44.2|Atrioventricular block, complete||complete heart block, CHB
I45.10|Unspecified right bundle-branch block||RBBB
I44.7|Left bundle-branch block, unspecified||LBBB
I46.9|Cardiac arrest, cause unspecified||
I47.10|Supraventricular tachycardia, unspecified||SVT, PSVT
I47.20|Ventricular tachycardia, unspecified||VT
I48.0|Paroxysmal atrial fibrillation||
I48.20|Chronic atrial fibrillation, unspecified||
I49.3|Ventricular premature depolarization||VPC, PVC
I50.1|Left ventricular failure, unspecified||LVF, pulmonary oedema
I50.20|Unspecified systolic (congestive) heart failure||HFrEF
I50.30|Unspecified diastolic (congestive) heart failure||HFpEF
I60.9|Nontraumatic subarachnoid hemorrhage, unspecified||SAH
I61.9|Nontraumatic intracerebral hemorrhage, unspecified|दिमाग में रक्तस्राव|brain haemorrhage, ICH
I62.00|Nontraumatic subdural hemorrhage, unspecified||SDH
I65.29|Occlusion and stenosis of unspecified carotid artery||
I67.6|Nonpyogenic thrombosis of intracranial venous system||CVT, CVST
I67.9|Cerebrovascular disease, unspecified||
I69.30|Unspecified sequelae of cerebral infarction|पुराना लकवा|old stroke
I70.219|Atherosclerosis of native arteries of extremities with intermittent claudication, unspecified extremity||claudication
I71.40|Abdominal aortic aneurysm, without rupture, unspecified||AAA
I71.00|Dissection of unspecified site of aorta||aortic dissection
I73.00|Raynaud's syndrome without gangrene||
I73.1|Thromboangiitis obliterans [Buerger's disease]||TAO
I83.009|Varicose veins of unspecified lower extremity with ulcer of unspecified site||venous ulcer
I85.00|Esophageal varices without bleeding||
I85.01|Esophageal varices with bleeding||variceal bleed
I86.1|Scrotal varices||varicocele
I87.2|Venous insufficiency (chronic) (peripheral)||CVI
I88.9|Nonspecific lymphadenitis, unspecified|गाँठों की सूजन|lymphadenitis
I89.0|Lymphedema, not elsewhere classified||lymphoedema
I95.1|Orthostatic hypotension||postural hypotension
J01.00|Acute maxillary sinusitis, unspecified||
J02.0|Streptococcal pharyngitis||strep throat
J05.0|Acute obstructive laryngitis [croup]||croup
J10.1|Influenza due to other identified influenza virus with other respiratory manifestations|स्वाइन फ़्लू|H1N1, swine flu
J12.9|Viral pneumonia, unspecified||
J13|Pneumonia due to Streptococcus pneumoniae||
J15.9|Unspecified bacterial pneumonia|जीवाणु निमोनिया|
J18.0|Bronchopneumonia, unspecified organism||
J22|Unspecified acute lower respiratory infection||LRTI
J30.1|Allergic rhinitis due to pollen||
J31.0|Chronic rhinitis||
J33.9|Nasal polyp, unspecified|नाक का मस्सा|
J34.2|Deviated nasal septum|नाक की हड्डी टेढ़ी|DNS
J35.01|Chronic tonsillitis||
J35.2|Hypertrophy of adenoids||adenoids
J36|Peritonsillar abscess||quinsy
J38.00|Paralysis of vocal cords and larynx, unspecified||
J38.1|Polyp of vocal cord and larynx||
J40|Bronchitis, not specified as acute or chronic||
J43.9|Emphysema, unspecified||
J44.0|Chronic obstructive pulmonary disease with (acute) lower respiratory infection||
J45.20|Mild intermittent asthma, uncomplicated||
J45.30|Mild persistent asthma, uncomplicated||
J45.40|Moderate persistent asthma, uncomplicated||
J45.902|Unspecified asthma with status asthmaticus||acute severe asthma
J47.9|Bronchiectasis, uncomplicated||
J60|Coalworker's pneumoconiosis||
J62.8|Pneumoconiosis due to other dust containing silica||silicosis
J67.9|Hypersensitivity pneumonitis due to unspecified organic dust||
J69.0|Pneumonitis due to inhalation of food and vomit||aspiration pneumonia
J80|Acute respiratory distress syndrome||ARDS
J81.0|Acute pulmonary edema||
J84.10|Pulmonary fibrosis, unspecified||
J84.9|Interstitial pulmonary disease, unspecified||ILD
J85.2|Abscess of lung without pneumonia||
J86.9|Pyothorax without fistula||empyema
J93.9|Pneumothorax, unspecified||
J94.2|Hemothorax||
J96.10|Chronic respiratory failure, unspecified whether with hypoxia or hypercapnia||
J98.11|Atelectasis||collapse of lung
K00.6|Disturbances in tooth eruption|दाँत निकलना|teething
K01.1|Impacted teeth||wisdom tooth
K04.01|Reversible pulpitis||
K04.02|Irreversible pulpitis||toothache
K05.10|Chronic gingivitis, plaque induced|मसूड़ों की सूजन|gingivitis, bleeding gums
K05.6|Periodontal disease, unspecified|पायरिया|periodontitis
K08.89|Other specified disorders of teeth and supporting structures|दाँत दर्द|toothache
K11.20|Sialoadenitis, unspecified||
K13.5|Oral submucous fibrosis||OSMF
K13.21|Leukoplakia of oral mucosa, including tongue||
K14.0|Glossitis||
K20.90|Esophagitis, unspecified without bleeding||
K21.00|Gastro-esophageal reflux disease with esophagitis, without bleeding||
K22.0|Achalasia of cardia||
K26.9|Duodenal ulcer, unspecified as acute or chronic, without hemorrhage or perforation||DU
K27.9|Peptic ulcer, site unspecified, unspecified as acute or chronic, without hemorrhage or perforation|पेप्टिक अल्सर|PUD, acid peptic disease, APD
K27.5|Chronic or unspecified peptic ulcer, site unspecified, with perforation||perforation
K29.00|Acute gastritis without bleeding||
K31.84|Gastroparesis||
K36|Other appendicitis||
K37|Unspecified appendicitis||
K42.9|Umbilical hernia without obstruction or gangrene|नाभि का हर्निया|
K43.2|Incisional hernia without obstruction or gangrene||
K44.9|Diaphragmatic hernia without obstruction or gangrene||hiatus hernia
K46.9|Unspecified abdominal hernia without obstruction or gangrene||
K50.90|Crohn's disease, unspecified, without complications||
K51.90|Ulcerative colitis, unspecified, without complications||UC, IBD
K56.609|Unspecified intestinal obstruction, unspecified as to partial versus complete obstruction|आँतों में रुकावट|intestinal obstruction, SAIO
K56.1|Intussusception||
K56.2|Volvulus||
K57.90|Diverticulosis of intestine, part unspecified, without perforation or abscess without bleeding||
K59.1|Functional diarrhea||
K61.0|Anal abscess||perianal abscess
K60.30|Anal fistula, unspecified|भगंदर|fistula in ano
K62.3|Rectal prolapse||
K62.5|Hemorrhage of anus and rectum||bleeding PR
K63.5|Polyp of colon||
K65.9|Peritonitis, unspecified||
K70.0|Alcoholic fatty liver||
K70.10|Alcoholic hepatitis without ascites||
K70.31|Alcoholic cirrhosis of liver with ascites||
K72.00|Acute and subacute hepatic failure without coma||
K72.90|Hepatic failure, unspecified without coma||liver failure
K75.0|Abscess of liver||liver abscess
K75.4|Autoimmune hepatitis||
K75.81|Nonalcoholic steatohepatitis (NASH)||NASH
K76.6|Portal hypertension||
K76.82|Hepatic encephalopathy||
K80.00|Calculus of gallbladder with acute cholecystitis without obstruction||
K80.50|Calculus of bile duct without cholangitis or cholecystitis without obstruction||CBD stone
K83.09|Other cholangitis||cholangitis
K83.1|Obstruction of bile duct||obstructive jaundice
K86.1|Other chronic pancreatitis||chronic pancreatitis
K90.0|Celiac disease|गेहूँ से एलर्जी|coeliac disease
K90.9|Intestinal malabsorption, unspecified||
K91.2|Postsurgical malabsorption, not elsewhere classified||
K92.0|Hematemesis|ख़ून की उल्टी|vomiting blood
K92.1|Melena|काला मल|malaena
L02.31|Cutaneous abscess of buttock||
L02.02|Furuncle of face|चेहरे का फोड़ा|
L04.9|Acute lymphadenitis, unspecified||
L05.01|Pilonidal cyst with abscess||
L08.9|Local infection of the skin and subcutaneous tissue, unspecified|त्वचा का संक्रमण|pyoderma
L10.0|Pemphigus vulgaris||
L12.0|Bullous pemphigoid||
L21.9|Seborrheic dermatitis, unspecified|रूसी|dandruff
L22|Diaper dermatitis|नैपी रैश|nappy rash
L24.9|Irritant contact dermatitis, unspecified cause||
L27.0|Generalized skin eruption due to drugs and medicaments taken internally||drug rash
L28.0|Lichen simplex chronicus||
L29.9|Pruritus, unspecified|खुजली|itching
L42|Pityriasis rosea||
L43.9|Lichen planus, unspecified||
L51.1|Stevens-Johnson syndrome||SJS
L51.2|Toxic epidermal necrolysis [Lyell]||TEN
L52|Erythema nodosum||
L55.9|Sunburn, unspecified||
L57.0|Actinic keratosis||
L60.0|Ingrowing nail||
L64.9|Androgenic alopecia, unspecified|गंजापन|baldness
L65.9|Nonscarring hair loss, unspecified|बाल झड़ना|hair fall
L71.9|Rosacea, unspecified||
L72.0|Epidermal cyst||sebaceous cyst
L73.2|Hidradenitis suppurativa||
L74.0|Miliaria rubra|घमौरियाँ|prickly heat
L81.1|Chloasma|झाइयाँ|melasma
L84|Corns and callosities|गोखरू|corn
L85.3|Xerosis cutis|रूखी त्वचा|dry skin
L89.90|Pressure ulcer of unspecified site, unspecified stage||bed sore
L91.0|Hypertrophic scar||keloid
L97.909|Non-pressure chronic ulcer of unspecified part of unspecified lower leg with unspecified severity|पैर का घाव|leg ulcer
L98.9|Disorder of the skin and subcutaneous tissue, unspecified||
M00.9|Pyogenic arthritis, unspecified||septic arthritis
M02.30|Reiter's disease, unspecified site||reactive arthritis
M05.9|Rheumatoid arthritis with rheumatoid factor, unspecified||seropositive RA
M08.90|Juvenile arthritis, unspecified, unspecified site||JIA
M13.0|Polyarthritis, unspecified||
M15.9|Polyosteoarthritis, unspecified||
M16.9|Osteoarthritis of hip, unspecified||OA hip
M17.0|Bilateral primary osteoarthritis of knee|दोनों घुटनों का गठिया|OA both knees
M17.9|Osteoarthritis of knee, unspecified||
M20.10|Hallux valgus (acquired), unspecified foot||bunion
M21.40|Flat foot [pes planus] (acquired), unspecified foot||
M23.90|Unspecified internal derangement of unspecified knee||meniscus tear
M24.50|Contracture, unspecified joint||
M25.511|Pain in right shoulder||
M25.512|Pain in left shoulder||
M25.519|Pain in unspecified shoulder|कंधे का दर्द|shoulder pain
M25.559|Pain in unspecified hip|कूल्हे का दर्द|hip pain
M25.561|Pain in right knee||
M25.562|Pain in left knee||
M25.579|Pain in unspecified ankle and joints of unspecified foot|टख़ने का दर्द|ankle pain
M30.3|Mucocutaneous lymph node syndrome [Kawasaki]||Kawasaki disease
M31.4|Aortic arch syndrome [Takayasu]||Takayasu arteritis
M32.9|Systemic lupus erythematosus, unspecified||SLE, lupus
M33.90|Dermatopolymyositis, unspecified, organ involvement unspecified||
M34.9|Systemic sclerosis, unspecified||scleroderma
M35.00|Sjögren syndrome, unspecified||Sjogren
M40.209|Unspecified kyphosis, site unspecified||
M41.9|Scoliosis, unspecified||
M43.6|Torticollis||wry neck
M45.9|Ankylosing spondylitis of unspecified sites in spine||AS, ankylosing spondylitis
M47.816|Spondylosis without myelopathy or radiculopathy, lumbar region||lumbar spondylosis
M48.061|Spinal stenosis, lumbar region without neurogenic claudication||LCS
M50.20|Other cervical disc displacement, unspecified cervical region||
M51.26|Other intervertebral disc displacement, lumbar region|डिस्क खिसकना|slipped disc, PIVD
M54.12|Radiculopathy, cervical region||
M54.16|Radiculopathy, lumbar region||
M54.6|Pain in thoracic spine||
M54.9|Dorsalgia, unspecified|पीठ दर्द|back pain
M60.9|Myositis, unspecified||
M62.82|Rhabdomyolysis||
M62.838|Other muscle spasm||
M65.30|Trigger finger, unspecified finger||
M65.4|Radial styloid tenosynovitis [de Quervain]||
M67.40|Ganglion, unspecified site||ganglion
M70.60|Trochanteric bursitis, unspecified hip||
M71.20|Synovial cyst of popliteal space [Baker], unspecified knee||
M72.2|Plantar fascial fibromatosis|एड़ी का दर्द|plantar fasciitis, heel pain
M75.100|Unspecified rotator cuff tear or rupture of unspecified shoulder, not specified as traumatic||
M77.10|Lateral epicondylitis, unspecified elbow||tennis elbow
M77.30|Calcaneal spur, unspecified foot||
M79.18|Myalgia, other site||myofascial pain
M79.2|Neuralgia and neuritis, unspecified||
M79.609|Pain in unspecified limb|हाथ-पैर का दर्द|
M80.08XA|Age-related osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture||
M83.9|Adult osteomalacia, unspecified||
M86.9|Osteomyelitis, unspecified|हड्डी का संक्रमण|
M87.059|Idiopathic aseptic necrosis of unspecified femur||AVN hip
N00.9|Acute nephritic syndrome with unspecified morphologic changes||AGN
N04.9|Nephrotic syndrome with unspecified morphologic changes||
N05.9|Unspecified nephritic syndrome with unspecified morphologic changes||glomerulonephritis
N11.9|Chronic tubulo-interstitial nephritis, unspecified||
N12|Tubulo-interstitial nephritis, not specified as acute or chronic||pyelonephritis
N13.30|Unspecified hydronephrosis||
N13.2|Hydronephrosis with renal and ureteral calculous obstruction||
N18.1|Chronic kidney disease, stage 1||
N18.2|Chronic kidney disease, stage 2 (mild)||
N18.30|Chronic kidney disease, stage 3 unspecified||
N18.32|Chronic kidney disease, stage 3b||
N18.4|Chronic kidney disease, stage 4 (severe)||
N18.5|Chronic kidney disease, stage 5||
N18.6|End stage renal disease||ESRD, dialysis
N19|Unspecified kidney failure||renal failure
N20.1|Calculus of ureter|मूत्रवाहिनी की पथरी|ureteric stone
N21.0|Calculus in bladder||vesical calculus
N23|Unspecified renal colic||
N28.1|Cyst of kidney, acquired||renal cyst
N31.9|Neuromuscular dysfunction of bladder, unspecified||neurogenic bladder
N32.81|Overactive bladder||OAB
N34.1|Nonspecific urethritis||
N35.919|Unspecified urethral stricture, male, unspecified site||
N39.3|Stress incontinence (female) (male)||
N39.41|Urge incontinence||
N40.1|Benign prostatic hyperplasia with lower urinary tract symptoms||LUTS
N41.0|Acute prostatitis||
N43.3|Hydrocele, unspecified|हाइड्रोसील|
N44.00|Torsion of testis, unspecified||
N45.1|Epididymitis||
N45.3|Epididymo-orchitis||
N46.9|Male infertility, unspecified|पुरुष बाँझपन|
N47.1|Phimosis||
N48.1|Balanitis||
N52.9|Male erectile dysfunction, unspecified|नपुंसकता|ED
N60.19|Diffuse cystic mastopathy of unspecified breast||fibroadenosis
N61.0|Mastitis without abscess||
N61.1|Abscess of the breast and nipple||
N64.4|Mastodynia|स्तन में दर्द|
N70.93|Salpingitis and oophoritis, unspecified||
N72|Inflammatory disease of cervix uteri||cervicitis
N73.9|Female pelvic inflammatory disease, unspecified||PID
N75.0|Cyst of Bartholin's gland||
N80.9|Endometriosis, unspecified||
N81.2|Incomplete uterovaginal prolapse||
N81.3|Complete uterovaginal prolapse||procidentia
N81.4|Uterovaginal prolapse, unspecified|बच्चेदानी का खिसकना|uterine prolapse
N83.209|Unspecified ovarian cyst, unspecified side|अंडाशय की गाँठ|ovarian cyst
N84.1|Polyp of cervix uteri||
N85.00|Endometrial hyperplasia, unspecified||
N86|Erosion and ectropion of cervix uteri||
N87.9|Dysplasia of cervix uteri, unspecified||CIN
N89.8|Other specified noninflammatory disorders of vagina|सफ़ेद पानी|leucorrhoea, white discharge
N91.5|Oligomenorrhea, unspecified||
N92.1|Excessive and frequent menstruation with irregular cycle||metrorrhagia
N92.6|Irregular menstruation, unspecified|अनियमित माहवारी|
N93.9|Abnormal uterine and vaginal bleeding, unspecified||AUB, DUB
N94.3|Premenstrual tension syndrome||PMS
N95.0|Postmenopausal bleeding||PMB
N96|Recurrent pregnancy loss||
N97.9|Female infertility, unspecified|बाँझपन|infertility
`
