// One code per line: code | ICD-10-CM wording (public domain, CDC/NCHS) | Hindi | other words, comma separated.
// `*` after the code: among the commonest in a clinic, comes first where several fit.

/** A00–B99: infections. */
export const ICD10_INFECTIONS = `
A00.9|Cholera, unspecified|हैजा|haija
A01.00*|Typhoid fever, unspecified|टाइफाइड बुखार|enteric fever, मियादी बुखार
A01.4|Paratyphoid fever, unspecified|पैराटाइफाइड बुखार|
A02.0|Salmonella enteritis|साल्मोनेला आंत्रशोथ|food poisoning
A03.9|Shigellosis, unspecified|शिगेला पेचिश|bacillary dysentery
A04.9|Bacterial intestinal infection, unspecified|आँतों का जीवाणु संक्रमण|
A05.9|Bacterial foodborne intoxication, unspecified|भोजन विषाक्तता|food poisoning, फूड पॉइज़निंग
A06.0|Acute amebic dysentery|तीव्र अमीबी पेचिश|amoebic dysentery
A06.4|Amebic liver abscess|अमीबी यकृत फोड़ा|amoebic liver abscess
A06.9|Amebiasis, unspecified|अमीबियासिस|amoebiasis
A07.1|Giardiasis [lambliasis]|जिआर्डिया संक्रमण|
A08.0|Rotaviral enteritis|रोटावायरस दस्त|
A08.4|Viral intestinal infection, unspecified|आँतों का वायरल संक्रमण|viral gastroenteritis, stomach flu
A09*|Infectious gastroenteritis and colitis, unspecified|संक्रामक आंत्रशोथ (दस्त)|diarrhoea, diarrhea, gastroenteritis, loose motions, AGE, दस्त
A15.0*|Tuberculosis of lung|फेफड़े की टीबी|TB, pulmonary tuberculosis, क्षय रोग, तपेदिक
A15.4|Tuberculosis of intrathoracic lymph nodes|छाती की गाँठों की टीबी|
A15.6|Tuberculous pleurisy|टीबी का प्लूरिसी|pleural effusion tuberculous, TB
A15.9|Respiratory tuberculosis unspecified|श्वसन तंत्र की टीबी|TB
A17.0|Tuberculous meningitis|टीबी मेनिन्जाइटिस|TBM
A18.01|Tuberculosis of spine|रीढ़ की टीबी|Pott disease, Potts spine
A18.2|Tuberculous peripheral lymphadenopathy|गर्दन की गाँठों की टीबी|TB lymph node, scrofula
A18.31|Tuberculous peritonitis|पेट की टीबी|abdominal TB
A19.9|Miliary tuberculosis, unspecified|मिलियरी टीबी|
A23.9|Brucellosis, unspecified|ब्रुसेलोसिस|
A27.9|Leptospirosis, unspecified|लेप्टोस्पायरोसिस|Weil disease
A30.9|Leprosy, unspecified|कुष्ठ रोग|Hansen disease, कोढ़
A33|Tetanus neonatorum|नवजात टिटनेस|
A35|Other tetanus|टिटनेस|धनुस्तंभ
A36.9|Diphtheria, unspecified|डिप्थीरिया|गलघोंटू
A37.90|Whooping cough, unspecified species without pneumonia|काली खाँसी|pertussis
A38.9|Scarlet fever, uncomplicated|स्कार्लेट ज्वर|
A39.0|Meningococcal meningitis|मेनिंगोकोकल मेनिन्जाइटिस|
A41.9|Sepsis, unspecified organism|सेप्सिस|septicaemia, blood infection
A46|Erysipelas|एरिसिपेलस|
A48.1|Legionnaires' disease|लीजनेयर रोग|
A49.9|Bacterial infection, unspecified|जीवाणु संक्रमण|
A50.9|Congenital syphilis, unspecified|जन्मजात सिफलिस|
A53.9|Syphilis, unspecified|सिफलिस|उपदंश
A54.9|Gonococcal infection, unspecified|सूजाक|gonorrhoea, गोनोरिया
A56.2|Chlamydial infection of genitourinary tract, unspecified|क्लैमाइडिया संक्रमण|
A59.01|Trichomonal vulvovaginitis|ट्राइकोमोनास योनिशोथ|
A60.00|Herpesviral infection of urogenital system, unspecified|जननांग हर्पीज़|genital herpes
A63.0|Anogenital (venereal) warts|जननांग मस्से|
A71.9|Trachoma, unspecified|ट्रैकोमा (रोहे)|
A75.3|Typhus fever due to Rickettsia tsutsugamushi|स्क्रब टाइफस|scrub typhus
A77.9|Spotted fever, unspecified|स्पॉटेड ज्वर|rickettsia
A80.9|Acute poliomyelitis, unspecified|पोलियो|
A82.9|Rabies, unspecified|रेबीज़|hydrophobia
A83.0|Japanese encephalitis|जापानी इंसेफेलाइटिस|JE, दिमागी बुखार
A86|Unspecified viral encephalitis|वायरल इंसेफेलाइटिस|AES
A87.9|Viral meningitis, unspecified|वायरल मेनिन्जाइटिस|
A90*|Dengue fever [classical dengue]|डेंगू बुखार|
A91|Dengue hemorrhagic fever|डेंगू रक्तस्रावी बुखार|DHF, severe dengue
A92.0*|Chikungunya virus disease|चिकनगुनिया|
A92.5|Zika virus disease|ज़ीका|
A98.2|Kyasanur Forest disease|क्यासानूर वन रोग|KFD, monkey fever
A98.4|Ebola virus disease|इबोला|
B00.1|Herpesviral vesicular dermatitis|हर्पीज़ के छाले|cold sore, herpes simplex
B00.9|Herpesviral infection, unspecified|हर्पीज़ संक्रमण|HSV
B01.9*|Varicella without complication|चेचक (छोटी माता)|chickenpox, छोटी माता
B02.9*|Zoster without complications|हर्पीज़ ज़ोस्टर|shingles
B02.29|Other postherpetic nervous system involvement|हर्पीज़ ज़ोस्टर के बाद तंत्रिका दर्द|postherpetic neuralgia, PHN
B05.9|Measles without complication|खसरा|rubeola
B06.9|Rubella without complication|रूबेला|German measles
B07.9|Viral wart, unspecified|मस्सा|warts, verruca
B08.1|Molluscum contagiosum|मोलस्कम कॉन्टेजियोसम|
B08.4|Enteroviral vesicular stomatitis with exanthem|हाथ-पैर-मुँह रोग|hand foot and mouth disease, HFMD
B08.5|Enteroviral vesicular pharyngitis|हर्पैंजाइना|herpangina
B09|Unspecified viral infection characterized by skin and mucous membrane lesions|वायरल चकत्ते|viral exanthem, rash
B15.9*|Hepatitis A without hepatic coma|हेपेटाइटिस ए|jaundice, पीलिया
B16.9|Acute hepatitis B without delta-agent and without hepatic coma|तीव्र हेपेटाइटिस बी|
B17.10|Acute hepatitis C without hepatic coma|तीव्र हेपेटाइटिस सी|
B17.2|Acute hepatitis E|हेपेटाइटिस ई|
B18.1|Chronic viral hepatitis B without delta-agent|जीर्ण हेपेटाइटिस बी|HBV
B18.2|Chronic viral hepatitis C|जीर्ण हेपेटाइटिस सी|HCV
B19.9|Unspecified viral hepatitis without hepatic coma|वायरल हेपेटाइटिस|
B20|Human immunodeficiency virus [HIV] disease|एचआईवी रोग|AIDS, HIV
B25.9|Cytomegaloviral disease, unspecified|साइटोमेगालोवायरस रोग|CMV
B26.9|Mumps without complication|गलसुआ|parotitis, कनपेड़ा
B27.90|Infectious mononucleosis, unspecified without complication|संक्रामक मोनोन्यूक्लिओसिस|glandular fever
B30.9*|Viral conjunctivitis, unspecified|वायरल कंजंक्टिवाइटिस|pink eye, आँख आना
B33.8|Other specified viral diseases|अन्य वायरल रोग|
B34.9*|Viral infection, unspecified|वायरल संक्रमण|viral fever, वायरल बुखार
B35.0|Tinea barbae and tinea capitis|सिर का दाद|scalp ringworm
B35.1|Tinea unguium|नाखून का फंगस|onychomycosis
B35.3|Tinea pedis|पैर का फंगस|athlete's foot
B35.4*|Tinea corporis|दाद|ringworm, दाद खाज
B35.6*|Tinea cruris|जाँघ का दाद|jock itch
B35.9|Dermatophytosis, unspecified|फंगल त्वचा संक्रमण|fungal skin infection
B36.0*|Pityriasis versicolor|सेहुआ (पिटिरियासिस वर्सिकलर)|tinea versicolor
B37.0|Candidal stomatitis|मुँह का कैंडिडा|oral thrush
B37.31|Acute candidiasis of vulva and vagina|योनि का कैंडिडा संक्रमण|vaginal thrush, vaginal candidiasis
B37.9|Candidiasis, unspecified|कैंडिडा संक्रमण|
B44.9|Aspergillosis, unspecified|एस्परजिलोसिस|
B45.9|Cryptococcosis, unspecified|क्रिप्टोकोकोसिस|
B46.5|Mucormycosis, unspecified|म्यूकोरमाइकोसिस|black fungus, ब्लैक फंगस
B50.9*|Plasmodium falciparum malaria, unspecified|फाल्सीपेरम मलेरिया|
B50.0|Plasmodium falciparum malaria with cerebral complications|दिमागी मलेरिया|cerebral malaria
B51.9*|Plasmodium vivax malaria without complication|वाइवैक्स मलेरिया|
B54*|Unspecified malaria|मलेरिया|
B55.0|Visceral leishmaniasis|काला-आज़ार|kala azar
B55.1|Cutaneous leishmaniasis|त्वचीय लीशमैनियासिस|
B58.9|Toxoplasmosis, unspecified|टोक्सोप्लाज़्मोसिस|
B65.9|Schistosomiasis, unspecified|सिस्टोसोमियासिस|
B67.90|Echinococcosis, unspecified|हाइडैटिड रोग|hydatid cyst
B68.9|Taeniasis, unspecified|फीता कृमि|tapeworm
B69.0|Cysticercosis of central nervous system|दिमाग का सिस्टीसर्कोसिस|neurocysticercosis, NCC
B74.0|Filariasis due to Wuchereria bancrofti|फाइलेरिया (हाथीपाँव)|lymphatic filariasis, elephantiasis
B76.9|Hookworm disease, unspecified|अंकुश कृमि|hookworm
B77.9|Ascariasis, unspecified|गोल कृमि|roundworm
B80|Enterobiasis|पिनवर्म (चुन्ने)|pinworm, threadworm, चुरने
B82.9*|Intestinal parasitism, unspecified|पेट के कीड़े|worm infestation, helminthiasis
B83.9|Helminthiasis, unspecified|कृमि संक्रमण|worms
B85.0|Pediculosis due to Pediculus humanus capitis|सिर की जुएँ|head lice
B86*|Scabies|खुजली (स्केबीज़)|
B87.9|Myiasis, unspecified|मायासिस|maggots
B95.61|Methicillin susceptible Staphylococcus aureus infection as the cause of diseases classified elsewhere|स्टैफ़ ऑरियस संक्रमण (एमएसएसए)|MSSA
B95.62|Methicillin resistant Staphylococcus aureus infection as the cause of diseases classified elsewhere|स्टैफ़ ऑरियस संक्रमण (एमआरएसए)|MRSA
B96.81|Helicobacter pylori [H. pylori] as the cause of diseases classified elsewhere|एच. पाइलोरी संक्रमण|H pylori
B99.9|Unspecified infectious disease|संक्रामक रोग|
U07.1*|COVID-19|कोविड-19|corona, coronavirus, SARS-CoV-2
U09.9|Post COVID-19 condition, unspecified|कोविड के बाद की दशा|long COVID
Z20.3|Contact with and (suspected) exposure to rabies|रेबीज़ की संभावना (जानवर का काटना)|dog bite, rabies exposure, कुत्ते का काटना
Z20.822|Contact with and (suspected) exposure to COVID-19|कोविड-19 का संपर्क|
Z21|Asymptomatic human immunodeficiency virus [HIV] infection status|एचआईवी संक्रमण, बिना लक्षण|HIV positive
Z22.51|Carrier of viral hepatitis B|हेपेटाइटिस बी वाहक|
`
