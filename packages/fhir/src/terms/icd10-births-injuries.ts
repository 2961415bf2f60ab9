// Format as in icd10-tumours-blood.ts.

/** A00–B99 that are rarer, O00–Z99: more of pregnancy, newborns, symptoms, injuries, reasons to come. */
export const ICD10_BIRTHS_INJURIES = `
A04.72|Enterocolitis due to Clostridium difficile, not specified as recurrent||C diff
A08.11|Acute gastroenteropathy due to Norwalk agent||norovirus
A18.11|Tuberculosis of kidney and ureter||GUTB
A18.4|Tuberculosis of skin and subcutaneous tissue||lupus vulgaris
A18.32|Tuberculous enteritis||intestinal TB
A20.9|Plague, unspecified||
A22.9|Anthrax, unspecified||
A40.9|Streptococcal sepsis, unspecified||
A41.51|Sepsis due to Escherichia coli [E. coli]||
A48.0|Gas gangrene||
A51.0|Primary genital syphilis||chancre
A54.00|Gonococcal infection of lower genitourinary tract, unspecified||
A57|Chancroid||
A58|Granuloma inguinale||donovanosis
A64|Unspecified sexually transmitted disease||STI, STD
A79.9|Rickettsiosis, unspecified||
A81.1|Subacute sclerosing panencephalitis||SSPE
A85.0|Enteroviral encephalitis||
B00.2|Herpesviral gingivostomatitis and pharyngotonsillitis||
B02.30|Zoster ocular disease, unspecified||HZO
B08.20|Exanthema subitum [sixth disease], unspecified||roseola
B08.3|Erythema infectiosum [fifth disease]||
B15.0|Hepatitis A with hepatic coma||
B33.24|Viral cardiomyopathy||
B37.42|Candidal balanitis||
B37.2|Candidiasis of skin and nail||intertrigo
B38.9|Coccidioidomycosis, unspecified||
B39.9|Histoplasmosis, unspecified||
B42.9|Sporotrichosis, unspecified||
B47.9|Mycetoma, unspecified||Madura foot
B59|Pneumocystosis||PCP
B60.00|Babesiosis, unspecified||
B66.4|Paragonimiasis||
B72|Dracunculiasis||guinea worm
B78.9|Strongyloidiasis, unspecified||
B79|Trichuriasis||whipworm
B90.9|Sequelae of respiratory and unspecified tuberculosis|पुरानी टीबी|old TB
B91|Sequelae of poliomyelitis||
B96.20|Unspecified Escherichia coli [E. coli] as the cause of diseases classified elsewhere||
O00.90|Unspecified ectopic pregnancy without intrauterine pregnancy||ectopic
O01.9|Hydatidiform mole, unspecified||molar pregnancy
O02.1|Missed abortion||
O03.4|Incomplete spontaneous abortion without complication||incomplete abortion
O20.0|Threatened abortion||
O12.00|Gestational edema, unspecified trimester||
O15.9|Eclampsia, unspecified as to time period||
O16.9|Unspecified maternal hypertension, unspecified trimester||
O21.1|Hyperemesis gravidarum with metabolic disturbance||
O23.40|Unspecified infection of urinary tract in pregnancy, unspecified trimester||UTI in pregnancy
O26.619|Liver and biliary tract disorders in pregnancy, unspecified trimester||ICP, cholestasis of pregnancy
O30.009|Twin pregnancy, unspecified number of placenta and unspecified number of amniotic sacs, unspecified trimester|जुड़वाँ गर्भ|twins
O32.1XX0|Maternal care for breech presentation, not applicable or unspecified||breech
O34.219|Maternal care for unspecified type scar from previous cesarean delivery||previous LSCS
O36.4XX0|Maternal care for intrauterine death, not applicable or unspecified||IUD, stillbirth
O36.5990|Maternal care for other known or suspected poor fetal growth, unspecified trimester, not applicable or unspecified||IUGR, FGR
O36.0190|Maternal care for anti-D [Rh] antibodies, unspecified trimester, not applicable or unspecified||Rh negative
O40.9XX0|Polyhydramnios, unspecified trimester, not applicable or unspecified||
O41.00X0|Oligohydramnios, unspecified trimester, not applicable or unspecified||
O42.90|Premature rupture of membranes, unspecified as to length of time between rupture and onset of labor, unspecified weeks of gestation||PROM
O44.00|Complete placenta previa NOS or without hemorrhage, unspecified trimester||
O45.90|Premature separation of placenta, unspecified, unspecified trimester||abruption
O46.90|Antepartum hemorrhage, unspecified, unspecified trimester||APH
O47.9|False labor, unspecified||
O48.0|Post-term pregnancy||post dates
O60.00|Preterm labor without delivery, unspecified trimester||
O64.9XX0|Obstructed labor due to malposition and malpresentation, unspecified, not applicable or unspecified||
O66.9|Obstructed labor, unspecified||
O72.1|Other immediate postpartum hemorrhage||PPH
O80|Encounter for full-term uncomplicated delivery|सामान्य प्रसव|normal delivery
O82|Encounter for cesarean delivery without indication||LSCS
O85|Puerperal sepsis||
O86.00|Infection of obstetric surgical wound, unspecified||
O91.22|Nonpurulent mastitis associated with the puerperium||
O92.79|Other disorders of lactation||
O98.719|Human immunodeficiency virus [HIV] disease complicating pregnancy, unspecified trimester||
O99.280|Endocrine, nutritional and metabolic diseases complicating pregnancy, unspecified trimester||hypothyroidism in pregnancy
P05.9|Newborn affected by slow intrauterine growth, unspecified||
P07.10|Other low birth weight newborn, unspecified weight|कम वज़न का नवजात|LBW
P07.30|Preterm newborn, unspecified weeks of gestation|समय से पहले जन्मा शिशु|premature
P22.0|Respiratory distress syndrome of newborn||RDS
P22.1|Transient tachypnea of newborn||TTN
P24.01|Meconium aspiration with respiratory symptoms||MAS
P36.9|Bacterial sepsis of newborn, unspecified||neonatal sepsis
P38.9|Omphalitis without hemorrhage||
P39.1|Neonatal conjunctivitis and dacryocystitis||
P55.1|ABO isoimmunization of newborn||
P70.4|Other neonatal hypoglycemia||
P77.9|Necrotizing enterocolitis in newborn, unspecified||NEC
P80.9|Hypothermia of newborn, unspecified||
P90|Convulsions of newborn||
P91.60|Hypoxic ischemic encephalopathy [HIE], unspecified||birth asphyxia
P92.9|Feeding problem of newborn, unspecified||
Q03.9|Congenital hydrocephalus, unspecified||
Q05.9|Spina bifida, unspecified||
Q20.3|Discordant ventriculoarterial connection||TGA
Q21.10|Unspecified atrial septal defect||ASD
Q21.3|Tetralogy of Fallot||TOF
Q24.9|Congenital malformation of heart, unspecified|जन्मजात हृदय रोग|CHD
Q25.0|Patent ductus arteriosus||PDA
Q25.1|Coarctation of aorta||
Q35.9|Cleft palate, unspecified|कटा तालू|
Q36.9|Cleft lip, unilateral|कटा होंठ|
Q37.9|Unspecified cleft palate with unilateral cleft lip||
Q38.1|Ankyloglossia||tongue tie
Q40.0|Congenital hypertrophic pyloric stenosis||
Q42.3|Congenital absence, atresia and stenosis of anus without fistula||imperforate anus
Q53.9|Undescended testicle, unspecified||
Q54.9|Hypospadias, unspecified||
Q65.89|Other specified congenital deformities of hip||DDH
Q66.00|Congenital talipes equinovarus, unspecified foot|टेढ़ा पैर|club foot, CTEV
Q90.9|Down syndrome, unspecified||trisomy 21
R00.0|Tachycardia, unspecified||
R00.1|Bradycardia, unspecified||
R01.1|Cardiac murmur, unspecified||
R04.2|Hemoptysis|खाँसी में ख़ून|coughing blood
R06.2|Wheezing|साँस में सीटी|
R06.6|Hiccough|हिचकी|
R06.83|Snoring|खर्राटे|
R07.0|Pain in throat|गले में दर्द|
R07.89|Other chest pain||
R09.02|Hypoxemia||
R09.81|Nasal congestion|नाक बंद|
R10.11|Right upper quadrant pain||
R10.12|Left upper quadrant pain||
R10.13|Epigastric pain|पेट के ऊपर दर्द|
R10.31|Right lower quadrant pain||
R10.32|Left lower quadrant pain||
R11.0|Nausea|मतली|
R11.10|Vomiting, unspecified|उल्टी|
R12|Heartburn|सीने में जलन|
R13.10|Dysphagia, unspecified|निगलने में दिक़्क़त|
R14.0|Abdominal distension (gaseous)|पेट फूलना|bloating, gas
R16.0|Hepatomegaly, not elsewhere classified||
R16.1|Splenomegaly, not elsewhere classified||
R18.8|Other ascites|पेट में पानी|ascites
R19.00|Intra-abdominal and pelvic swelling, mass and lump, unspecified site||
R19.7|Diarrhea, unspecified|दस्त|loose stools
R20.2|Paresthesia of skin|झुनझुनी|tingling, numbness
R22.1|Localized swelling, mass and lump, neck|गर्दन की गाँठ|
R22.9|Localized swelling, mass and lump, unspecified|गाँठ|lump
R23.3|Spontaneous ecchymoses||easy bruising
R26.9|Unspecified abnormalities of gait and mobility||
R29.6|Repeated falls||
R30.0|Dysuria|पेशाब में जलन|burning urination
R32|Unspecified urinary incontinence||
R33.9|Retention of urine, unspecified|पेशाब रुकना|AUR
R40.20|Unspecified coma||unconscious
R40.0|Somnolence||drowsiness
R41.0|Disorientation, unspecified||confusion
R41.3|Other amnesia|याददाश्त की कमी|memory loss
R45.851|Suicidal ideations||
R47.01|Aphasia||
R47.1|Dysarthria and anarthria||
R49.0|Dysphonia|आवाज़ बैठना|hoarseness
R52|Pain, unspecified|दर्द|
R53.1|Weakness|कमज़ोरी|
R53.81|Other malaise||
R56.00|Simple febrile convulsions|बुखार में दौरा|febrile seizure
R57.9|Shock, unspecified||
R59.0|Localized enlarged lymph nodes||lymphadenopathy
R59.1|Generalized enlarged lymph nodes||
R60.9|Edema, unspecified|शरीर में सूजन|oedema
R61|Generalized hyperhidrosis|बहुत पसीना|sweating
R62.50|Unspecified lack of expected normal physiological development in childhood||developmental delay
R62.51|Failure to thrive (child)||FTT
R63.0|Anorexia|भूख न लगना|loss of appetite
R63.5|Abnormal weight gain|वज़न बढ़ना|
R68.83|Chills (without fever)|ठंड लगना|
R70.0|Elevated erythrocyte sedimentation rate||raised ESR
R73.9|Hyperglycemia, unspecified||
R74.01|Elevation of levels of liver transaminase levels||raised LFT
R76.11|Nonspecific reaction to tuberculin skin test without active tuberculosis||Mantoux positive
R79.89|Other specified abnormal findings of blood chemistry||
R82.90|Unspecified abnormal findings in urine||
R91.8|Other nonspecific abnormal finding of lung field||
R94.31|Abnormal electrocardiogram [ECG] [EKG]||
S00.83XA|Contusion of other part of head, initial encounter||
S01.81XA|Laceration without foreign body of other part of head, initial encounter||CLW face
S02.0XXA|Fracture of vault of skull, initial encounter for closed fracture||
S02.2XXA|Fracture of nasal bones, initial encounter for closed fracture||
S05.90XA|Unspecified injury of unspecified eye and orbit, initial encounter|आँख की चोट|
S06.0X0A|Concussion without loss of consciousness, initial encounter||
S06.5X0A|Traumatic subdural hemorrhage without loss of consciousness, initial encounter||
S09.90XA|Unspecified injury of head, initial encounter||head injury, RTA
S13.4XXA|Sprain of ligaments of cervical spine, initial encounter||whiplash
S22.39XA|Fracture of one rib, unspecified side, initial encounter for closed fracture|पसली टूटना|rib fracture
S32.009A|Unspecified fracture of unspecified lumbar vertebra, initial encounter for closed fracture||
S42.009A|Fracture of unspecified part of unspecified clavicle, initial encounter for closed fracture|हँसली टूटना|collar bone
S42.209A|Unspecified fracture of upper end of unspecified humerus, initial encounter for closed fracture||
S43.006A|Unspecified dislocation of unspecified shoulder joint, initial encounter|कंधा उतरना|shoulder dislocation
S52.90XA|Unspecified fracture of unspecified forearm, initial encounter for closed fracture||
S62.90XA|Unspecified fracture of unspecified wrist and hand, initial encounter for closed fracture||
S63.509A|Unspecified sprain of unspecified wrist, initial encounter|कलाई की मोच|
S82.209A|Unspecified fracture of shaft of unspecified tibia, initial encounter for closed fracture||
S82.899A|Other fracture of unspecified lower leg, initial encounter for closed fracture||ankle fracture
S92.909A|Unspecified fracture of unspecified foot, initial encounter for closed fracture||
T07.XXXA|Unspecified multiple injuries, initial encounter||polytrauma
T15.90XA|Foreign body on external eye, part unspecified, unspecified eye, initial encounter||foreign body eye
T16.9XXA|Foreign body in ear, unspecified ear, initial encounter||
T17.1XXA|Foreign body in nostril, initial encounter||
T18.9XXA|Foreign body of alimentary tract, part unspecified, initial encounter||
T60.0X1A|Toxic effect of organophosphate and carbamate insecticides, accidental (unintentional), initial encounter|कीटनाशक विषाक्तता|OP poisoning
T60.0X2A|Toxic effect of organophosphate and carbamate insecticides, intentional self-harm, initial encounter||
T63.441A|Toxic effect of venom of bees, accidental (unintentional), initial encounter|मधुमक्खी का डंक|bee sting
T63.2X1A|Toxic effect of venom of scorpion, accidental (unintentional), initial encounter|बिच्छू का डंक|scorpion sting
T65.91XA|Toxic effect of unspecified substance, accidental (unintentional), initial encounter||poisoning
T67.01XA|Heatstroke and sunstroke, initial encounter|लू लगना|heat stroke
T67.5XXA|Heat exhaustion, unspecified, initial encounter||
T75.1XXA|Unspecified effects of drowning and nonfatal submersion, initial encounter|डूबना|
T75.4XXA|Electrocution, initial encounter|बिजली का झटका|electric shock
T78.2XXA|Anaphylactic shock, unspecified, initial encounter||anaphylaxis
T78.3XXA|Angioneurotic edema, initial encounter||angioedema
T81.40XA|Infection following a procedure, unspecified, initial encounter||SSI
V89.2XXA|Person injured in unspecified motor-vehicle accident, traffic, initial encounter|सड़क दुर्घटना|RTA, road accident
W19.XXXA|Unspecified fall, initial encounter|गिरना|fall
W57.XXXA|Bitten or stung by nonvenomous insect and other nonvenomous arthropods, initial encounter|कीड़े का काटना|insect bite
Z01.419|Encounter for gynecological examination (general) (routine) without abnormal findings||
Z01.818|Encounter for other preprocedural examination||PAC, fitness for surgery
Z02.79|Encounter for issue of other medical certificate|चिकित्सा प्रमाण-पत्र|fitness certificate
Z03.89|Encounter for observation for other suspected diseases and conditions ruled out||
Z11.1|Encounter for screening for respiratory tuberculosis||
Z12.31|Encounter for screening mammogram for malignant neoplasm of breast||
Z12.4|Encounter for screening for malignant neoplasm of cervix||Pap smear
Z13.1|Encounter for screening for diabetes mellitus||
Z13.6|Encounter for screening for cardiovascular disorders||
Z20.1|Contact with and (suspected) exposure to tuberculosis||
Z20.6|Contact with and (suspected) exposure to human immunodeficiency virus [HIV]||PEP
Z30.011|Encounter for initial prescription of contraceptive pills||OCP
Z30.2|Encounter for sterilization|नसबंदी|tubectomy, vasectomy
Z30.430|Encounter for insertion of intrauterine contraceptive device||IUCD, copper T
Z32.01|Encounter for pregnancy test, result positive||UPT positive
Z33.1|Pregnant state, incidental||
Z38.00|Single liveborn infant, delivered vaginally||
Z39.2|Encounter for routine postpartum follow-up||PNC
Z47.89|Encounter for other orthopedic aftercare||
Z48.00|Encounter for change or removal of nonsurgical wound dressing|पट्टी|dressing
Z48.02|Encounter for removal of sutures|टाँके काटना|stitch removal
Z51.11|Encounter for antineoplastic chemotherapy||chemotherapy
Z51.5|Encounter for palliative care||
Z71.1|Person with feared health complaint in whom no diagnosis is made||
Z71.6|Tobacco abuse counseling||
Z72.0|Tobacco use|तंबाकू सेवन|
Z79.84|Long term (current) use of oral hypoglycemic drugs||
Z79.899|Other long term (current) drug therapy||
Z80.3|Family history of malignant neoplasm of breast||
Z82.49|Family history of ischemic heart disease and other diseases of the circulatory system||
Z83.3|Family history of diabetes mellitus||
Z85.3|Personal history of malignant neoplasm of breast||
Z86.11|Personal history of tuberculosis||
Z86.73|Personal history of transient ischemic attack (TIA), and cerebral infarction without residual deficits||
Z87.891|Personal history of nicotine dependence||ex smoker
Z88.2|Allergy status to sulfonamides||sulfa allergy
Z89.519|Acquired absence of unspecified leg below knee||BKA, amputee
Z90.49|Acquired absence of other specified parts of digestive tract||cholecystectomy done
Z90.710|Acquired absence of both cervix and uterus||hysterectomy done
Z91.010|Allergy to peanuts||
Z91.148|Patient's other noncompliance with medication regimen for other reason||
Z92.21|Personal history of antineoplastic chemotherapy||
Z94.0|Kidney transplant status||
Z95.0|Presence of cardiac pacemaker||pacemaker
Z95.1|Presence of aortocoronary bypass graft||CABG
Z95.2|Presence of prosthetic heart valve||
Z96.659|Presence of unspecified artificial knee joint||TKR
Z97.3|Presence of spectacles and contact lenses||
Z98.891|History of uterine scar from previous surgery||
Z99.2|Dependence on renal dialysis||dialysis
`
