// One medicine per line: name | Hindi | ATC | classes | form:strengths;… | usual | limits | flags | other names
// usual: dose unit frequency days food. limits: mg at once / mg a day / mg per kg a day for children ('-' for none).
// flags: P avoid in pregnancy, p with care in pregnancy, 12y not under 12 years, 1m not under 1 month, weekly.
// Doses are what is usual and the most that common references allow adults; they warn, they do not prescribe.

/** Pain, fever, allergy, stomach, breathing. */
export const DRUGS_COMMON = `
Paracetamol|पैरासिटामोल|N02BE01|analgesic|tablet:500 mg,650 mg;syrup:120 mg/5 mL,250 mg/5 mL;drops:100 mg/mL;suppository:80 mg,170 mg,250 mg;injection:150 mg/mL|1 tablet TDS 3 PC|1000/4000/75||acetaminophen
Ibuprofen|आइबुप्रोफेन|M01AE01|nsaid|tablet:200 mg,400 mg,600 mg;syrup:100 mg/5 mL|1 tablet TDS 3 PC|800/2400/40|P 3m|
Diclofenac|डाइक्लोफेनाक|M01AB05|nsaid|tablet:50 mg,75 mg,100 mg;injection:25 mg/mL|1 tablet BD 3 PC|100/150/3|P 1y|diclofenac sodium
Diclofenac gel|डाइक्लोफेनाक जेल|M02AA15|nsaid|gel:1 %,2 %|1 application TDS 7 skin|-|P|
Aceclofenac|एसेक्लोफेनाक|M01AB16|nsaid|tablet:100 mg,200 mg|1 tablet BD 3 PC|200/200/-|P 18y|
Naproxen|नेप्रोक्सेन|M01AE02|nsaid|tablet:250 mg,500 mg|1 tablet BD 5 PC|500/1250/20|P 2y|
Mefenamic acid|मेफेनामिक एसिड|M01AG01|nsaid|tablet:250 mg,500 mg;syrup:100 mg/5 mL|1 tablet TDS 3 PC|500/1500/25|P 6m|
Etoricoxib|एटोरिकोक्सिब|M01AH05|nsaid|tablet:60 mg,90 mg,120 mg|1 tablet OD 5 PC|120/120/-|P 16y|
Piroxicam|पाइरोक्सिकैम|M01AC01|nsaid|capsule:10 mg,20 mg;gel:0.5 %|1 capsule OD 5 PC|20/20/-|P 18y|
Ketorolac|कीटोरोलैक|M01AB15|nsaid|tablet:10 mg;injection:30 mg/mL|1 tablet TDS 2 PC|30/120/-|P 16y|
Indometacin|इंडोमेथासिन|M01AB01|nsaid|capsule:25 mg,75 mg|1 capsule BD 5 PC|75/200/3|P|indomethacin
Aspirin|एस्पिरिन|B01AC06|nsaid salicylate antiplatelet|tablet:75 mg,150 mg,325 mg|1 tablet OD - PC|900/4000/-|p 16y|acetylsalicylic acid, ecosprin
Tramadol|ट्रामाडोल|N02AX02|opioid|capsule:50 mg;tablet:100 mg;injection:50 mg/mL|1 capsule BD 3 PC|100/400/-|p 12y|
Morphine|मॉर्फिन|N02AA01|opioid|tablet:10 mg,20 mg,30 mg;injection:10 mg/mL;solution:10 mg/5 mL|1 tablet Q4H 3 PC|-|p|
Codeine|कोडीन|R05DA04|opioid|tablet:15 mg,30 mg;syrup:10 mg/5 mL|1 tablet TDS 3 PC|60/240/-|p 12y|
Tapentadol|टैपेंटाडोल|N02AX06|opioid|tablet:50 mg,75 mg,100 mg|1 tablet BD 3 PC|100/600/-|p 18y|
Drotaverine|ड्रोटावेरिन|A03AD02|antispasmodic|tablet:40 mg,80 mg;injection:20 mg/mL|1 tablet TDS 3 -|80/240/-|p 1y|
Dicyclomine|डाइसाइक्लोमिन|A03AA07|antispasmodic|tablet:10 mg,20 mg;drops:10 mg/mL;injection:10 mg/mL|1 tablet TDS 3 AC|40/160/-|p 6m|dicycloverine
Hyoscine butylbromide|हायोसिन ब्यूटिलब्रोमाइड|A03BB01|antispasmodic|tablet:10 mg;injection:20 mg/mL|1 tablet TDS 3 -|20/100/-|p 6y|buscopan
Thiocolchicoside|थायोकोल्चिकोसाइड|M03BX05|muscle-relaxant|capsule:4 mg,8 mg|1 capsule BD 5 PC|8/16/-|P 16y|
Baclofen|बैक्लोफेन|M03BX01|muscle-relaxant|tablet:5 mg,10 mg|1 tablet TDS 7 PC|20/100/2|p|
Tizanidine|टिज़ानिडीन|M03BX02|muscle-relaxant|tablet:2 mg,4 mg|1 tablet TDS 5 PC|12/36/-|p 18y|
Colchicine|कोल्चिसिन|M04AC01|antigout|tablet:0.5 mg|1 tablet BD 5 PC|1.2/2/-|P|
Allopurinol|एलोप्यूरिनॉल|M04AA01|antigout|tablet:100 mg,300 mg|1 tablet OD 30 PC|300/900/20|p|
Febuxostat|फेबुक्सोस्टैट|M04AA03|antigout|tablet:40 mg,80 mg|1 tablet OD 30 PC|120/120/-|p 18y|
Cetirizine|सेटिरिज़िन|R06AE07|antihistamine|tablet:5 mg,10 mg;syrup:5 mg/5 mL|1 tablet HS 5 -|10/10/0.5|2y|
Levocetirizine|लेवोसेटिरिज़िन|R06AE09|antihistamine|tablet:5 mg;syrup:2.5 mg/5 mL|1 tablet HS 5 -|5/5/0.25|2y|
Loratadine|लोराटाडीन|R06AX13|antihistamine|tablet:10 mg;syrup:5 mg/5 mL|1 tablet OD 5 -|10/10/0.5|2y|
Fexofenadine|फेक्सोफेनाडीन|R06AX26|antihistamine|tablet:120 mg,180 mg;syrup:30 mg/5 mL|1 tablet OD 5 -|180/180/-|6m|
Chlorpheniramine|क्लोरफेनिरामिन|R06AB04|antihistamine|tablet:4 mg;syrup:2 mg/5 mL;injection:10 mg/mL|1 tablet TDS 3 -|8/24/0.35|1y|chlorphenamine
Hydroxyzine|हाइड्रॉक्सीज़ीन|N05BB01|antihistamine|tablet:10 mg,25 mg;syrup:10 mg/5 mL|1 tablet HS 5 -|50/100/2|P 1y|
Promethazine|प्रोमेथाज़ीन|R06AD02|antihistamine|tablet:10 mg,25 mg;syrup:5 mg/5 mL;injection:25 mg/mL|1 tablet HS 3 -|50/100/1|p 2y|
Diphenhydramine|डाइफेनहाइड्रामिन|R06AA02|antihistamine|capsule:25 mg,50 mg;syrup:12.5 mg/5 mL|1 capsule TDS 3 -|50/300/5|2y|
Montelukast|मोंटेलुकास्ट|R03DC03|leukotriene|tablet:4 mg,5 mg,10 mg|1 tablet HS 14 -|10/10/-|6m|
Salbutamol inhaler|सालबुटामोल इनहेलर|R03AC02|beta-agonist|inhaler:100 mcg|2 puff TDS 7 inhaled|-||albuterol, asthalin
Salbutamol|सालबुटामोल|R03CC02|beta-agonist|tablet:2 mg,4 mg;syrup:2 mg/5 mL|1 tablet TDS 5 -|8/32/0.6|1m|albuterol
Salbutamol respirator solution|सालबुटामोल नेबुलाइज़र|R03AC02|beta-agonist|nebulising solution:2.5 mg/2.5 mL,5 mg/mL|2.5 mg TDS 3 inhaled|5/40/-||
Ipratropium respirator solution|इप्राट्रोपियम नेबुलाइज़र|R03BB01|anticholinergic|nebulising solution:250 mcg/mL,500 mcg/2.5 mL|0.5 mg TDS 3 inhaled|0.5/2/-||
Levosalbutamol|लेवोसालबुटामोल|R03CC|beta-agonist|syrup:1 mg/5 mL;tablet:1 mg,2 mg;nebulising solution:0.63 mg/2.5 mL,1.25 mg/2.5 mL|1 tablet TDS 5 -|2/8/0.3|1m|levalbuterol
Budesonide inhaler|बुडेसोनाइड इनहेलर|R03BA02|corticosteroid|inhaler:100 mcg,200 mcg,400 mcg|1 puff BD 30 inhaled|-||
Budesonide respirator solution|बुडेसोनाइड नेबुलाइज़र|R03BA02|corticosteroid|nebulising solution:0.5 mg/2 mL,1 mg/2 mL|0.5 mg BD 5 inhaled|2/4/-||
Budesonide with formoterol|बुडेसोनाइड और फॉर्मोटेरोल|R03AK07|corticosteroid beta-agonist|inhaler:100/6 mcg,200/6 mcg,400/6 mcg|1 puff BD 30 inhaled|-|6y|
Fluticasone with salmeterol|फ्लुटिकासोन और सालमेटेरोल|R03AK06|corticosteroid beta-agonist|inhaler:125/25 mcg,250/25 mcg;rotacap:100/50 mcg,250/50 mcg|1 puff BD 30 inhaled|-|4y|
Tiotropium inhaler|टायोट्रोपियम इनहेलर|R03BB04|anticholinergic|inhaler:9 mcg;rotacap:18 mcg|2 puff OD 30 inhaled|-|18y|
Theophylline|थियोफिलिन|R03DA04|xanthine|tablet:100 mg,200 mg,300 mg,400 mg|1 tablet BD 7 PC|400/900/16|p|
Doxofylline|डॉक्सोफिलिन|R03DA11|xanthine|tablet:400 mg|1 tablet BD 7 PC|400/1200/18|P|
Ambroxol|एम्ब्रोक्सॉल|R05CB06|mucolytic|tablet:30 mg;syrup:15 mg/5 mL,30 mg/5 mL|1 tablet TDS 5 PC|60/120/1.6|p 1m|
Bromhexine|ब्रोमहेक्सिन|R05CB02|mucolytic|tablet:8 mg;syrup:4 mg/5 mL|1 tablet TDS 5 PC|16/48/-|p 2y|
Acetylcysteine|एसिटाइलसिस्टीन|R05CB01|mucolytic|tablet:600 mg|1 tablet BD 5 PC|600/1200/-|p 14y|n-acetylcysteine
Guaifenesin|ग्वाइफेनेसिन|R05CA03|expectorant|syrup:100 mg/5 mL|10 mL TDS 5 -|400/2400/-|6y|
Dextromethorphan|डेक्स्ट्रोमेथॉर्फन|R05DA09|antitussive|syrup:10 mg/5 mL,15 mg/5 mL|10 mL TDS 3 -|30/120/-|6y|
Xylometazoline nasal|ज़ाइलोमेटाज़ोलिन नाक की बूँदें|R01AA07|decongestant|nasal drops:0.05 %,0.1 %|2 drops BD 5 nasal|-|p 1y|
Oxymetazoline nasal|ऑक्सीमेटाज़ोलिन नाक की बूँदें|R01AA05|decongestant|nasal drops:0.025 %,0.05 %|2 drops BD 5 nasal|-|p 1y|
Saline nasal drops|सलाइन नाक की बूँदें|R01AX10|saline|nasal drops:0.65 %|2 drops QID 5 nasal|-||sodium chloride nasal
Fluticasone nasal spray|फ्लुटिकासोन नेज़ल स्प्रे|R01AD08|corticosteroid|nasal spray:50 mcg|2 puff OD 14 nasal|-|4y|
Mometasone nasal spray|मोमेटासोन नेज़ल स्प्रे|R01AD09|corticosteroid|nasal spray:50 mcg|2 puff OD 14 nasal|-|3y|
Omeprazole|ओमेप्राज़ोल|A02BC01|ppi|capsule:20 mg,40 mg|1 capsule OD 14 AC|40/80/3.5|1y|
Pantoprazole|पैंटोप्राज़ोल|A02BC02|ppi|tablet:20 mg,40 mg;injection:40 mg|1 tablet OD 14 AC|80/160/-|5y|
Rabeprazole|रैबेप्राज़ोल|A02BC04|ppi|tablet:10 mg,20 mg|1 tablet OD 14 AC|20/60/-|12y|
Esomeprazole|एसोमेप्राज़ोल|A02BC05|ppi|tablet:20 mg,40 mg|1 tablet OD 14 AC|40/80/-|1y|
Famotidine|फैमोटिडीन|A02BA03|h2-blocker|tablet:20 mg,40 mg|1 tablet BD 14 -|40/80/1|1y|
Sucralfate|सुक्रालफेट|A02BX02|mucosal-protectant|syrup:1 g/10 mL;tablet:1 g|10 mL TDS 14 AC|2000/8000/-||
Antacid (aluminium and magnesium hydroxide)|एंटासिड|A02AD01|antacid|syrup:250 mg/5 mL|10 mL TDS 7 PC|-||gelusil, magaldrate
Domperidone|डोमपेरिडोन|A03FA03|prokinetic|tablet:10 mg;suspension:1 mg/mL|1 tablet TDS 3 AC|10/30/0.75|p|
Metoclopramide|मेटोक्लोप्रामाइड|A03FA01|prokinetic|tablet:10 mg;injection:5 mg/mL|1 tablet TDS 3 AC|10/30/0.5|1y|
Ondansetron|ओंडैनसेट्रॉन|A04AA01|antiemetic|tablet:4 mg,8 mg;syrup:2 mg/5 mL;injection:2 mg/mL|1 tablet TDS 2 -|16/32/0.6|6m|
Doxylamine with pyridoxine|डॉक्सिलामिन और पाइरिडॉक्सिन|R06AA59|antihistamine|tablet:10/10 mg|1 tablet HS 14 -|-|18y|
Prochlorperazine|प्रोक्लोरपेराज़ीन|N05AB04|phenothiazine|tablet:5 mg;injection:12.5 mg/mL|1 tablet TDS 3 -|20/60/-|2y|
Betahistine|बीटाहिस्टीन|N07CA01|antivertigo|tablet:8 mg,16 mg,24 mg|1 tablet TDS 14 PC|24/48/-|18y|
Cinnarizine|सिनारिज़ीन|N07CA02|antivertigo|tablet:25 mg,75 mg|1 tablet TDS 7 PC|75/225/-|5y|
Loperamide|लोपेरामाइड|A07DA03|antidiarrhoeal|tablet:2 mg|2 tablet TDS 2 -|4/16/-|12y|
Racecadotril|रेसेकाडोट्रिल|A07XA04|antidiarrhoeal|capsule:100 mg;sachet:10 mg,30 mg|1 capsule TDS 3 AC|100/400/4.5|3m|
Oral rehydration salts|ओ.आर.एस.|A07CA|rehydration|sachet:20.5 g|200 mL SOS 3 -|-||ORS
Zinc sulphate|ज़िंक|A12CB01|mineral|tablet:10 mg,20 mg;syrup:20 mg/5 mL|1 tablet OD 14 -|50/50/-||zinc
Lactobacillus|लैक्टोबैसिलस|A07FA01|probiotic|capsule:1 unit;sachet:1 unit|1 sachet BD 5 PC|-||probiotic
Lactulose|लैक्टुलोज|A06AD11|laxative|syrup:10 g/15 mL|15 mL HS 7 -|-||
Bisacodyl|बिसाकोडिल|A06AB02|laxative|tablet:5 mg;suppository:5 mg,10 mg|1 tablet HS 3 -|10/15/-|4y|
Polyethylene glycol|पॉलीइथाइलीन ग्लाइकॉल|A06AD15|laxative|sachet:17 g|1 sachet HS 7 -|-||macrogol, PEG
Ispaghula husk|ईसबगोल|A06AC01|laxative|powder:3.5 g|1 sachet HS 14 PC|-||isabgol, psyllium
Mesalazine|मेसालाज़ीन|A07EC02|aminosalicylate|tablet:400 mg,800 mg,1.2 g|1 tablet TDS 30 PC|2400/4800/100|p|mesalamine
Ursodeoxycholic acid|अर्सोडीऑक्सीकोलिक एसिड|A05AA02|bile-acid|tablet:150 mg,300 mg|1 tablet BD 30 PC|600/1200/30|p|UDCA
Simethicone|सिमेथिकोन|A03AX13|antiflatulent|drops:40 mg/mL;tablet:80 mg|1 tablet TDS 5 PC|-||dimethicone
Pancreatin|पैंक्रियाटिन|A09AA02|enzyme|capsule:150 mg,300 mg|1 capsule TDS 14 PC|-||pancreatic enzymes
Prednisolone|प्रेडनिसोलोन|H02AB06|corticosteroid|tablet:5 mg,10 mg,20 mg,40 mg;syrup:5 mg/5 mL,15 mg/5 mL|1 tablet OD 5 PC|80/80/2|p|
Methylprednisolone|मिथाइलप्रेडनिसोलोन|H02AB04|corticosteroid|tablet:4 mg,8 mg,16 mg;injection:40 mg,125 mg,500 mg,1 g|1 tablet OD 5 PC|-|p|
Dexamethasone|डेक्सामेथासोन|H02AB02|corticosteroid|tablet:0.5 mg,4 mg;injection:4 mg/mL|1 tablet OD 3 PC|20/40/1|p|
Hydrocortisone|हाइड्रोकॉर्टिसोन|H02AB09|corticosteroid|tablet:5 mg,10 mg,20 mg;injection:100 mg|1 tablet BD - PC|200/400/-||
Deflazacort|डिफ्लाज़ाकोर्ट|H02AB13|corticosteroid|tablet:6 mg,12 mg,24 mg,30 mg;suspension:6 mg/5 mL|1 tablet OD 5 PC|120/120/1.5|p|
Adrenaline|एड्रेनालिन|C01CA24|sympathomimetic|injection:1 mg/mL|0.5 mg STAT 1 intramuscular|1/-/-||epinephrine
Pheniramine|फेनिरामिन|R06AB05|antihistamine|tablet:25 mg,50 mg;injection:22.75 mg/mL|1 tablet TDS 3 -|50/150/-|1y|avil
`
