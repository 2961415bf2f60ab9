// Format as in icd10-infections.ts.

/** O00–Z99: pregnancy, newborns, symptoms, injuries, reasons to come. */
export const ICD10_OTHERS = `
O03.9|Complete or unspecified spontaneous abortion without complication|गर्भपात|miscarriage
O10.919|Unspecified pre-existing hypertension complicating pregnancy, unspecified trimester|गर्भावस्था से पहले का उच्च रक्तचाप|
O13.9|Gestational [pregnancy-induced] hypertension without significant proteinuria, unspecified trimester|गर्भावस्था का उच्च रक्तचाप|PIH
O14.90|Unspecified pre-eclampsia, unspecified trimester|प्री-एक्लेम्पसिया|preeclampsia
O21.0|Mild hyperemesis gravidarum|गर्भावस्था की उल्टियाँ|morning sickness
O24.419|Gestational diabetes mellitus in pregnancy, unspecified control|गर्भावस्था का मधुमेह|GDM
O99.019|Anemia complicating pregnancy, unspecified trimester|गर्भावस्था में ख़ून की कमी|anaemia in pregnancy
P59.9|Neonatal jaundice, unspecified|नवजात का पीलिया|
Q21.0|Ventricular septal defect|हृदय में छेद|VSD
R00.2|Palpitations|धड़कन तेज़ लगना|
R03.0|Elevated blood-pressure reading, without diagnosis of hypertension|बढ़ा हुआ रक्तचाप (एक बार)|high BP reading
R04.0|Epistaxis|नकसीर|nosebleed
R05.9*|Cough, unspecified|खाँसी|cough
R06.02*|Shortness of breath|साँस फूलना|breathlessness, dyspnoea
R07.9*|Chest pain, unspecified|सीने में दर्द|
R10.9*|Unspecified abdominal pain|पेट दर्द|stomach ache, abdominal pain
R11.2*|Nausea with vomiting, unspecified|मतली और उल्टी|vomiting
R17|Unspecified jaundice|पीलिया|
R21|Rash and other nonspecific skin eruption|चकत्ते|rash
R25.2|Cramp and spasm|ऐंठन|cramps
R31.9|Hematuria, unspecified|पेशाब में ख़ून|
R35.0|Frequency of micturition|बार-बार पेशाब|
R42*|Dizziness and giddiness|चक्कर|giddiness, vertigo
R50.9*|Fever, unspecified|बुखार|fever, PUO
R51.9*|Headache, unspecified|सिरदर्द|
R53.83|Other fatigue|थकान|tiredness, weakness
R55|Syncope and collapse|बेहोशी|fainting
R56.9|Unspecified convulsions|दौरा|seizure, fits
R60.0|Localized edema|सूजन|swelling of feet
R63.4|Abnormal weight loss|वज़न घटना|
R73.03*|Prediabetes|मधुमेह से पहले की अवस्था|impaired glucose tolerance
R80.9|Proteinuria, unspecified|पेशाब में प्रोटीन|
S00.93XA|Contusion of unspecified part of head, initial encounter|सिर की चोट|head injury
S52.501A|Unspecified fracture of the lower end of right radius, initial encounter for closed fracture|दाहिनी कलाई की हड्डी टूटना|Colles fracture, wrist fracture
S61.409A|Unspecified open wound of unspecified hand, initial encounter|हाथ का घाव|cut
S72.009A|Fracture of unspecified part of neck of unspecified femur, initial encounter for closed fracture|कूल्हे की हड्डी टूटना|hip fracture
S83.90XA|Sprain of unspecified site of unspecified knee, initial encounter|घुटने की मोच|
S93.409A*|Sprain of unspecified ligament of unspecified ankle, initial encounter|टख़ने की मोच|ankle sprain
T14.90XA|Injury, unspecified, initial encounter|चोट|injury
T30.0|Burn of unspecified body region, unspecified degree|जलना|burn
T63.001A|Toxic effect of unspecified snake venom, accidental (unintentional), initial encounter|साँप का काटना|snake bite
T78.40XA*|Allergy, unspecified, initial encounter|एलर्जी|allergic reaction
T88.7XXA|Unspecified adverse effect of drug or medicament, initial encounter|दवा का दुष्प्रभाव|side effect
W54.0XXA|Bitten by dog, initial encounter|कुत्ते का काटना|dog bite
Z00.00*|Encounter for general adult medical examination without abnormal findings|सामान्य जाँच|check-up, health check
Z00.129|Encounter for routine child health examination without abnormal findings|बच्चे की सामान्य जाँच|well child
Z09|Encounter for follow-up examination after completed treatment for conditions other than malignant neoplasm|इलाज के बाद की जाँच|follow-up
Z23*|Encounter for immunization|टीकाकरण|vaccination
Z30.09|Encounter for other general counseling and advice on contraception|गर्भनिरोधक सलाह|family planning
Z34.90*|Encounter for supervision of normal pregnancy, unspecified, unspecified trimester|सामान्य गर्भावस्था की देखभाल|antenatal, ANC, pregnancy
Z71.3|Dietary counseling and surveillance|आहार सलाह|
Z76.0*|Encounter for issue of repeat prescription|दवा दोबारा लिखना|refill
Z79.4|Long term (current) use of insulin|इंसुलिन पर|
Z79.01|Long term (current) use of anticoagulants|ख़ून पतला करने की दवा पर|blood thinner, warfarin
Z88.0|Allergy status to penicillin|पेनिसिलिन से एलर्जी|penicillin allergy
Z95.5|Presence of coronary angioplasty implant and graft|हृदय में स्टेंट|stent, PTCA
`
