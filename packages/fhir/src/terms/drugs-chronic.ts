/** Heart, blood pressure, diabetes, thyroid, blood, mind and nerves, women, children, skin, eyes. As in `drugs-common.ts`. */
export const DRUGS_CHRONIC = `
Amlodipine|एम्लोडिपिन|C08CA01|calcium-blocker|tablet:2.5 mg,5 mg,10 mg|1 tablet OD 30 -|10/10/0.3|p|
Nifedipine|निफेडिपिन|C08CA05|calcium-blocker|tablet:10 mg,20 mg,30 mg;capsule:5 mg,10 mg|1 tablet BD 30 -|90/120/3||
Cilnidipine|सिल्निडिपिन|C08CA14|calcium-blocker|tablet:5 mg,10 mg,20 mg|1 tablet OD 30 PC|20/20/-|P 18y|
Diltiazem|डिल्टियाज़ेम|C08DB01|calcium-blocker|tablet:30 mg,60 mg,90 mg|1 tablet TDS 30 -|360/480/-|p|
Verapamil|वेरापामिल|C08DA01|calcium-blocker|tablet:40 mg,80 mg,120 mg|1 tablet TDS 30 PC|240/480/-|p|
Telmisartan|टेल्मिसार्टन|C09CA07|arb|tablet:20 mg,40 mg,80 mg|1 tablet OD 30 -|80/80/-|P 18y|
Losartan|लोसार्टन|C09CA01|arb|tablet:25 mg,50 mg,100 mg|1 tablet OD 30 -|100/100/1.4|P 6y|
Olmesartan|ओल्मेसार्टन|C09CA08|arb|tablet:10 mg,20 mg,40 mg|1 tablet OD 30 -|40/40/-|P 6y|
Valsartan|वाल्सार्टन|C09CA03|arb|tablet:40 mg,80 mg,160 mg|1 tablet OD 30 -|160/320/-|P 6y|
Sacubitril with valsartan|सैक्यूबिट्रिल और वाल्सार्टन|C09DX04|arb|tablet:50 mg,100 mg,200 mg|1 tablet BD 30 -|200/400/-|P 18y|
Enalapril|एनालाप्रिल|C09AA02|ace-inhibitor|tablet:2.5 mg,5 mg,10 mg|1 tablet BD 30 -|20/40/0.6|P|
Ramipril|रामिप्रिल|C09AA05|ace-inhibitor|tablet:1.25 mg,2.5 mg,5 mg,10 mg|1 tablet OD 30 -|10/10/-|P 18y|
Lisinopril|लिसिनोप्रिल|C09AA03|ace-inhibitor|tablet:2.5 mg,5 mg,10 mg,20 mg|1 tablet OD 30 -|40/80/0.6|P 6y|
Captopril|कैप्टोप्रिल|C09AA01|ace-inhibitor|tablet:12.5 mg,25 mg|1 tablet BD 30 AC|50/150/6|P|
Atenolol|एटेनोलॉल|C07AB03|beta-blocker|tablet:25 mg,50 mg,100 mg|1 tablet OD 30 -|100/100/2|p|
Metoprolol|मेटोप्रोलॉल|C07AB02|beta-blocker|tablet:12.5 mg,25 mg,50 mg,100 mg|1 tablet OD 30 -|200/400/6|p|metoprolol succinate
Bisoprolol|बिसोप्रोलॉल|C07AB07|beta-blocker|tablet:1.25 mg,2.5 mg,5 mg,10 mg|1 tablet OD 30 -|20/20/-|p|
Carvedilol|कार्वेडिलोल|C07AG02|beta-blocker|tablet:3.125 mg,6.25 mg,12.5 mg,25 mg|1 tablet BD 30 PC|50/100/-|p|
Propranolol|प्रोप्रानोलॉल|C07AA05|beta-blocker|tablet:10 mg,20 mg,40 mg,80 mg|1 tablet BD 30 -|160/320/4|p|
Nebivolol|नेबिवोलोल|C07AB12|beta-blocker|tablet:2.5 mg,5 mg|1 tablet OD 30 -|10/40/-|p 18y|
Labetalol|लैबेटालॉल|C07AG01|beta-blocker|tablet:50 mg,100 mg,200 mg;injection:5 mg/mL|1 tablet BD 30 PC|800/2400/-||
Methyldopa|मिथाइलडोपा|C02AB01|antihypertensive|tablet:250 mg,500 mg|1 tablet TDS 30 -|1000/3000/65||
Prazosin|प्राज़ोसिन|C02CA01|alpha-blocker|tablet:1 mg,2.5 mg,5 mg|1 tablet HS 30 -|10/20/0.4|p|
Clonidine|क्लोनिडीन|C02AC01|antihypertensive|tablet:0.1 mg|1 tablet BD 30 -|0.6/2.4/-|p|
Hydrochlorothiazide|हाइड्रोक्लोरोथायाज़ाइड|C03AA03|thiazide sulfonamide-like|tablet:12.5 mg,25 mg|1 tablet OD 30 -|50/100/2|p|HCTZ
Chlorthalidone|क्लोरथैलिडोन|C03BA04|thiazide sulfonamide-like|tablet:6.25 mg,12.5 mg,25 mg|1 tablet OD 30 -|50/100/2|p|chlortalidone
Indapamide|इंडापामाइड|C03BA11|thiazide sulfonamide-like|tablet:1.5 mg,2.5 mg|1 tablet OD 30 -|2.5/5/-|p 18y|
Furosemide|फ्यूरोसेमाइड|C03CA01|loop-diuretic sulfonamide-like|tablet:20 mg,40 mg,100 mg;injection:10 mg/mL|1 tablet OD 14 -|250/600/6|p|frusemide
Torsemide|टोरसेमाइड|C03CA04|loop-diuretic sulfonamide-like|tablet:5 mg,10 mg,20 mg,100 mg|1 tablet OD 14 -|100/200/-|p 18y|torasemide
Spironolactone|स्पाइरोनोलैक्टोन|C03DA01|potassium-sparing|tablet:25 mg,50 mg,100 mg|1 tablet OD 30 PC|200/400/3.3|P|
Eplerenone|एप्लेरेनोन|C03DA04|potassium-sparing|tablet:25 mg,50 mg|1 tablet OD 30 -|50/100/-|p 18y|
Acetazolamide|एसिटाज़ोलामाइड|S01EC01|sulfonamide-like|tablet:250 mg|1 tablet TDS 7 -|500/1000/30|p|
Mannitol|मैनिटॉल|B05BC01|osmotic-diuretic|infusion:20 %|-|-||
Digoxin|डिगॉक्सिन|C01AA05|cardiac-glycoside|tablet:0.25 mg;syrup:0.05 mg/mL|1 tablet OD 30 -|0.5/0.5/0.01||
Amiodarone|एमियोडैरोन|C01BD01|antiarrhythmic iodine|tablet:100 mg,200 mg;injection:50 mg/mL|1 tablet OD 30 PC|600/1600/-|P|
Ivabradine|आइवाब्राडीन|C01EB17|antianginal|tablet:5 mg,7.5 mg|1 tablet BD 30 PC|7.5/15/-|P 18y|
Isosorbide mononitrate|आइसोसॉर्बाइड मोनोनाइट्रेट|C01DA14|nitrate|tablet:10 mg,20 mg,30 mg,60 mg|1 tablet BD 30 -|120/240/-|p|
Isosorbide dinitrate|आइसोसॉर्बाइड डाइनाइट्रेट|C01DA08|nitrate|tablet:5 mg,10 mg|1 tablet SOS 30 sublingual|40/240/-|p|sorbitrate
Glyceryl trinitrate|ग्लिसरिल ट्राइनाइट्रेट|C01DA02|nitrate|tablet:2.6 mg,6.4 mg;spray:0.4 mg|1 tablet BD 30 -|13/26/-|p|nitroglycerin, GTN
Nicorandil|निकोरैंडिल|C01DX16|antianginal|tablet:5 mg,10 mg|1 tablet BD 30 -|30/60/-|p 18y|
Ranolazine|रैनोलाज़ीन|C01EB18|antianginal|tablet:500 mg,1 g|1 tablet BD 30 -|1000/2000/-|p 18y|
Trimetazidine|ट्राइमेटाज़िडीन|C01EB15|antianginal|tablet:20 mg,35 mg|1 tablet BD 30 PC|80/80/-|p 18y|
Clopidogrel|क्लोपिडोग्रेल|B01AC04|antiplatelet|tablet:75 mg,150 mg|1 tablet OD 30 PC|600/600/-||
Ticagrelor|टिकाग्रेलर|B01AC24|antiplatelet|tablet:60 mg,90 mg|1 tablet BD 30 -|180/180/-|18y|
Prasugrel|प्रासुग्रेल|B01AC22|antiplatelet|tablet:5 mg,10 mg|1 tablet OD 30 -|60/60/-|18y|
Warfarin|वारफेरिन|B01AA03|anticoagulant|tablet:1 mg,2 mg,5 mg|1 tablet OD 30 -|15/15/-|P|
Acenocoumarol|एसेनोकूमारोल|B01AA07|anticoagulant|tablet:1 mg,2 mg,4 mg|1 tablet OD 30 -|12/12/-|P|nicoumalone
Rivaroxaban|रिवारोक्साबैन|B01AF01|anticoagulant|tablet:10 mg,15 mg,20 mg|1 tablet OD 30 PC|20/30/-|P|
Apixaban|एपिक्साबैन|B01AF02|anticoagulant|tablet:2.5 mg,5 mg|1 tablet BD 30 -|10/20/-|P 18y|
Dabigatran|डैबिगैट्रान|B01AE07|anticoagulant|capsule:75 mg,110 mg,150 mg|1 capsule BD 30 -|150/300/-|P 18y|
Enoxaparin|एनोक्सापेरिन|B01AB05|heparin anticoagulant|injection:40 mg/0.4 mL,60 mg/0.6 mL|40 mg OD 7 subcutaneous|150/300/-||
Heparin|हेपरिन|B01AB01|heparin anticoagulant|injection:1000 IU/mL,5000 IU/mL|-|-||
Tranexamic acid|ट्रैनेक्सामिक एसिड|B02AA02|antifibrinolytic|tablet:500 mg;injection:100 mg/mL|1 tablet TDS 4 PC|1500/4500/75|p|
Atorvastatin|एटोरवास्टैटिन|C10AA05|statin|tablet:10 mg,20 mg,40 mg,80 mg|1 tablet HS 30 -|80/80/-|P 10y|
Rosuvastatin|रोसुवास्टैटिन|C10AA07|statin|tablet:5 mg,10 mg,20 mg,40 mg|1 tablet HS 30 -|40/40/-|P 6y|
Simvastatin|सिमवास्टैटिन|C10AA01|statin|tablet:10 mg,20 mg,40 mg|1 tablet HS 30 -|40/80/-|P 10y|
Fenofibrate|फेनोफाइब्रेट|C10AB05|fibrate|tablet:145 mg,160 mg|1 tablet OD 30 PC|200/200/-|p 18y|
Ezetimibe|एज़ेटिमाइब|C10AX09|cholesterol|tablet:10 mg|1 tablet OD 30 -|10/10/-|p 6y|
Metformin|मेटफॉर्मिन|A10BA02|biguanide|tablet:500 mg,850 mg,1 g|1 tablet BD 30 PC|1000/2550/-|10y|
Glimepiride|ग्लिमेपिराइड|A10BB12|sulfonylurea sulfonamide-like|tablet:1 mg,2 mg,3 mg,4 mg|1 tablet OD 30 AC|8/8/-|P 18y|
Gliclazide|ग्लिक्लाज़ाइड|A10BB09|sulfonylurea sulfonamide-like|tablet:30 mg,40 mg,60 mg,80 mg|1 tablet OD 30 AC|160/320/-|P 18y|
Glibenclamide|ग्लिबेन्क्लामाइड|A10BB01|sulfonylurea sulfonamide-like|tablet:2.5 mg,5 mg|1 tablet OD 30 AC|10/20/-|p 18y|glyburide
Sitagliptin|सिटाग्लिप्टिन|A10BH01|gliptin|tablet:25 mg,50 mg,100 mg|1 tablet OD 30 -|100/100/-|p 18y|
Vildagliptin|विल्डाग्लिप्टिन|A10BH02|gliptin|tablet:50 mg,100 mg|1 tablet BD 30 -|100/100/-|p 18y|
Teneligliptin|टेनेलिग्लिप्टिन|A10BH08|gliptin|tablet:20 mg|1 tablet OD 30 -|40/40/-|p 18y|
Linagliptin|लिनाग्लिप्टिन|A10BH05|gliptin|tablet:5 mg|1 tablet OD 30 -|5/5/-|p 18y|
Dapagliflozin|डैपाग्लिफ्लोज़िन|A10BK01|gliflozin|tablet:5 mg,10 mg|1 tablet OD 30 -|10/10/-|P 10y|
Empagliflozin|एम्पाग्लिफ्लोज़िन|A10BK03|gliflozin|tablet:10 mg,25 mg|1 tablet OD 30 -|25/25/-|P 10y|
Pioglitazone|पायोग्लिटाज़ोन|A10BG03|glitazone|tablet:7.5 mg,15 mg,30 mg|1 tablet OD 30 -|45/45/-|P 18y|
Voglibose|वोग्लिबोस|A10BF03|glucosidase-inhibitor|tablet:0.2 mg,0.3 mg|1 tablet TDS 30 AC|0.3/0.9/-|p 18y|
Acarbose|एकारबोस|A10BF01|glucosidase-inhibitor|tablet:25 mg,50 mg|1 tablet TDS 30 AC|200/600/-|p 18y|
Insulin human regular|इंसुलिन रेगुलर|A10AB01|insulin|injection:40 IU/mL,100 IU/mL|6 IU TDS 30 subcutaneous|-||actrapid, soluble insulin
Insulin isophane (NPH)|इंसुलिन एनपीएच|A10AC01|insulin|injection:40 IU/mL,100 IU/mL|10 IU OD 30 subcutaneous|-||NPH
Insulin premixed 30/70|इंसुलिन मिक्स 30/70|A10AD01|insulin|injection:40 IU/mL,100 IU/mL|10 IU BD 30 subcutaneous|-||mixtard, biphasic insulin
Insulin glargine|इंसुलिन ग्लारजीन|A10AE04|insulin|injection:100 IU/mL|10 IU HS 30 subcutaneous|-||
Insulin aspart|इंसुलिन एस्पार्ट|A10AB05|insulin|injection:100 IU/mL|6 IU TDS 30 subcutaneous|-||
Liraglutide|लिराग्लूटाइड|A10BJ02|glp1|injection:6 mg/mL|0.6 mg OD 30 subcutaneous|1.8/1.8/-|P 10y|
Semaglutide|सेमाग्लूटाइड|A10BJ06|glp1|injection:0.25 mg,0.5 mg,1 mg;tablet:3 mg,7 mg,14 mg|0.25 mg OW 28 subcutaneous|14/14/-|P 18y|
Levothyroxine|लेवोथायरोक्सिन|H03AA01|thyroid|tablet:12.5 mcg,25 mcg,50 mcg,75 mcg,100 mcg|1 tablet OM 30 AC|0.3/0.3/0.015||thyroxine
Carbimazole|कार्बिमाज़ोल|H03BB01|antithyroid|tablet:5 mg,10 mg,20 mg|1 tablet OD 30 -|60/60/1|p|
Propylthiouracil|प्रोपाइलथायोयूरासिल|H03BA02|antithyroid|tablet:50 mg|1 tablet TDS 30 -|300/900/-||PTU
Cabergoline|कैबर्गोलीन|G02CB03|dopamine-agonist|tablet:0.25 mg,0.5 mg|1 tablet BW 28 PC|2/2/-|p|
Bromocriptine|ब्रोमोक्रिप्टिन|G02CB01|dopamine-agonist|tablet:2.5 mg|1 tablet BD 14 PC|5/30/-|p|
Ferrous sulphate|फेरस सल्फेट|B03AA07|iron|tablet:200 mg;drops:25 mg/mL|1 tablet OD 30 -|400/600/-||iron
Iron and folic acid|आयरन और फोलिक एसिड|B03AD03|iron|tablet:100/0.5 mg;syrup:20/0.1 mg|1 tablet OD 30 PC|-||IFA
Ferric carboxymaltose|फेरिक कार्बोक्सीमाल्टोज़|B03AC|iron|injection:50 mg/mL|-|1000/1000/-|p 14y|FCM
Iron sucrose|आयरन सुक्रोज़|B03AC|iron|injection:20 mg/mL|200 mg AD 5 intravenous|300/300/7|p|
Folic acid|फोलिक एसिड|B03BB01|vitamin|tablet:1 mg,5 mg|1 tablet OD 30 -|5/15/-||
Cyanocobalamin|साइनोकोबालामिन|B03BA01|vitamin|tablet:0.5 mg,1.5 mg;injection:1 mg/mL|1 tablet OD 30 -|-||vitamin B12
Methylcobalamin|मिथाइलकोबालामिन|B03BA05|vitamin|tablet:0.5 mg,1.5 mg;injection:0.5 mg/mL|1 tablet OD 30 -|-||mecobalamin
Vitamin B complex|विटामिन बी कॉम्प्लेक्स|A11EA|vitamin|capsule:1 unit;syrup:5 mL|1 capsule OD 14 PC|-||
Pyridoxine|पाइरिडॉक्सिन|A11HA02|vitamin|tablet:10 mg,40 mg,50 mg|1 tablet OD 30 -|200/400/-||vitamin B6
Thiamine|थायमिन|A11DA01|vitamin|tablet:75 mg,100 mg;injection:100 mg/mL|1 tablet OD 30 -|-||vitamin B1
Ascorbic acid|एस्कॉर्बिक एसिड|A11GA01|vitamin|tablet:100 mg,500 mg|1 tablet OD 14 -|1000/2000/-||vitamin C
Cholecalciferol|कोलेकैल्सिफेरॉल|A11CC05|vitamin|tablet:1000 IU;sachet:60000 IU;capsule:60000 IU;drops:400 IU/mL|1 sachet OW 56 PC|-||vitamin D3
Vitamin A|विटामिन ए|A11CA01|vitamin|capsule:50000 IU;syrup:100000 IU/mL|1 capsule STAT 1 -|-|P|retinol
Calcium carbonate with vitamin D|कैल्शियम और विटामिन डी|A12AX|mineral|tablet:500 mg|1 tablet OD 30 PC|1000/2500/-||
Potassium chloride|पोटैशियम क्लोराइड|A12BA01|mineral|syrup:20 mmol/15 mL;tablet:600 mg|15 mL TDS 3 PC|-||
Alendronic acid|एलेन्ड्रोनिक एसिड|M05BA04|bisphosphonate|tablet:35 mg,70 mg|1 tablet OW 28 AC|70/70/-|p 18y weekly|alendronate
Methotrexate|मेथोट्रेक्सेट|L04AX03|antimetabolite|tablet:2.5 mg,5 mg,7.5 mg,10 mg;injection:15 mg/mL|1 tablet OW 28 PC|25/25/-|P weekly|
Sulfasalazine|सल्फासालाज़ीन|A07EC01|sulfonamide aminosalicylate|tablet:500 mg|1 tablet BD 30 PC|1000/4000/60|p 2y|
Azathioprine|एज़ैथायोप्रिन|L04AX01|immunosuppressant|tablet:25 mg,50 mg|1 tablet OD 30 PC|200/250/3|p|
Leflunomide|लेफ्लुनोमाइड|L04AA13|immunosuppressant|tablet:10 mg,20 mg|1 tablet OD 30 -|100/100/-|P 18y|
Mycophenolate|माइकोफेनोलेट|L04AA06|immunosuppressant|tablet:250 mg,500 mg|1 tablet BD 30 AC|1500/3000/-|P|
Tamoxifen|टैमोक्सीफेन|L02BA01|antioestrogen|tablet:10 mg,20 mg|1 tablet OD 30 -|40/40/-|P 18y|
Letrozole|लेट्रोज़ोल|L02BG04|aromatase-inhibitor|tablet:2.5 mg|1 tablet OD 5 -|7.5/7.5/-|P 18y|
Phenytoin|फेनिटोइन|N03AB02|anticonvulsant aromatic-anticonvulsant|tablet:50 mg,100 mg,300 mg;syrup:125 mg/5 mL;injection:50 mg/mL|1 tablet TDS 30 PC|400/600/10|P|
Carbamazepine|कार्बामाज़ेपिन|N03AF01|anticonvulsant aromatic-anticonvulsant|tablet:100 mg,200 mg,400 mg;syrup:100 mg/5 mL|1 tablet BD 30 PC|800/1600/35|P|
Oxcarbazepine|ऑक्सकार्बाज़ेपिन|N03AF02|anticonvulsant aromatic-anticonvulsant|tablet:150 mg,300 mg,600 mg|1 tablet BD 30 -|1200/2400/60|p 2y|
Sodium valproate|सोडियम वैल्प्रोएट|N03AG01|anticonvulsant|tablet:200 mg,300 mg,500 mg;syrup:200 mg/5 mL|1 tablet BD 30 PC|1500/3000/60|P|valproic acid
Levetiracetam|लेवेटिरासेटम|N03AX14|anticonvulsant|tablet:250 mg,500 mg,750 mg,1 g;syrup:100 mg/mL|1 tablet BD 30 -|1500/3000/60|p 1m|
Clobazam|क्लोबाज़ाम|N05BA09|benzodiazepine|tablet:5 mg,10 mg,20 mg|1 tablet HS 30 -|40/60/2|p|
Phenobarbital|फेनोबार्बिटल|N03AA02|anticonvulsant aromatic-anticonvulsant barbiturate|tablet:30 mg,60 mg;syrup:20 mg/5 mL|1 tablet HS 30 -|200/400/8|P|phenobarbitone
Gabapentin|गैबापेंटिन|N03AX12|gabapentinoid|capsule:100 mg,300 mg,400 mg|1 capsule TDS 14 -|1200/3600/50|p|
Pregabalin|प्रेगाबालिन|N03AX16|gabapentinoid|capsule:50 mg,75 mg,150 mg|1 capsule HS 14 -|300/600/14|p|
Topiramate|टोपिरामेट|N03AX11|anticonvulsant|tablet:25 mg,50 mg,100 mg|1 tablet BD 30 -|400/500/9|P 2y|
Levodopa with carbidopa|लेवोडोपा और कार्बिडोपा|N04BA02|antiparkinson|tablet:100/10 mg,100/25 mg,250/25 mg|1 tablet TDS 30 -|-|p 18y|
Trihexyphenidyl|ट्राइहेक्सीफेनिडिल|N04AA01|anticholinergic|tablet:2 mg|1 tablet BD 30 PC|5/15/-|p|benzhexol
Donepezil|डोनेपेज़िल|N06DA02|antidementia|tablet:5 mg,10 mg|1 tablet HS 30 -|10/10/-|18y|
Sumatriptan|सुमैट्रिप्टान|N02CC01|triptan|tablet:25 mg,50 mg,100 mg|1 tablet SOS 3 -|100/200/-|p 18y|
Flunarizine|फ्लुनारिज़ीन|N07CA03|antimigraine|tablet:5 mg,10 mg|1 tablet HS 30 -|10/10/-|p|
Amitriptyline|एमिट्रिप्टिलीन|N06AA09|tricyclic|tablet:10 mg,25 mg,50 mg|1 tablet HS 30 -|150/200/-|p|
Escitalopram|एस्सिटालोप्राम|N06AB10|ssri|tablet:5 mg,10 mg,20 mg|1 tablet OD 30 -|20/20/-|p 12y|
Sertraline|सर्ट्रालीन|N06AB06|ssri|tablet:25 mg,50 mg,100 mg|1 tablet OD 30 -|200/200/-|p 6y|
Fluoxetine|फ्लुओक्सेटीन|N06AB03|ssri|capsule:10 mg,20 mg,40 mg|1 capsule OM 30 -|80/80/-|p 8y|
Paroxetine|पैरोक्सेटीन|N06AB05|ssri|tablet:10 mg,12.5 mg,20 mg,25 mg|1 tablet OD 30 -|60/60/-|P 18y|
Duloxetine|डुलोक्सेटीन|N06AX21|snri|capsule:20 mg,30 mg,60 mg|1 capsule OD 30 PC|60/120/-|p 18y|
Venlafaxine|वेनलाफैक्सीन|N06AX16|snri|capsule:37.5 mg,75 mg,150 mg|1 capsule OD 30 PC|225/375/-|p 18y|
Mirtazapine|मिर्टाज़ापीन|N06AX11|antidepressant|tablet:7.5 mg,15 mg,30 mg|1 tablet HS 30 -|45/45/-|p 18y|
Diazepam|डायज़ेपाम|N05BA01|benzodiazepine|tablet:2 mg,5 mg,10 mg;injection:5 mg/mL|1 tablet HS 5 -|20/40/0.8|p|
Lorazepam|लोराज़ेपाम|N05BA06|benzodiazepine|tablet:1 mg,2 mg;injection:2 mg/mL|1 tablet HS 5 -|4/10/-|p|
Alprazolam|अल्प्राज़ोलाम|N05BA12|benzodiazepine|tablet:0.25 mg,0.5 mg,1 mg|1 tablet HS 5 -|2/10/-|P 18y|
Clonazepam|क्लोनाज़ेपाम|N03AE01|benzodiazepine|tablet:0.25 mg,0.5 mg,1 mg,2 mg|1 tablet HS 7 -|4/20/0.2|p|
Zolpidem|ज़ोल्पिडेम|N05CF02|hypnotic|tablet:5 mg,10 mg|1 tablet HS 5 -|12.5/12.5/-|p 18y|
Haloperidol|हैलोपेरिडोल|N05AD01|antipsychotic|tablet:0.25 mg,1.5 mg,5 mg;injection:5 mg/mL|1 tablet BD 14 -|10/30/0.15|p 3y|
Risperidone|रिस्पेरिडोन|N05AX08|antipsychotic|tablet:1 mg,2 mg,3 mg,4 mg|1 tablet HS 30 -|8/16/-|p 5y|
Olanzapine|ओलांज़ापीन|N05AH03|antipsychotic|tablet:2.5 mg,5 mg,10 mg|1 tablet HS 30 -|20/20/-|p 13y|
Quetiapine|क्वेटायपीन|N05AH04|antipsychotic|tablet:25 mg,50 mg,100 mg,200 mg|1 tablet HS 30 -|400/800/-|p 10y|
Aripiprazole|एरिपिप्राज़ोल|N05AX12|antipsychotic|tablet:5 mg,10 mg,15 mg|1 tablet OD 30 -|30/30/-|p 10y|
Lithium carbonate|लिथियम कार्बोनेट|N05AN01|mood-stabiliser|tablet:300 mg,400 mg,450 mg|1 tablet BD 30 PC|900/1800/-|P 12y|
Methylphenidate|मिथाइलफेनिडेट|N06BA04|stimulant|tablet:5 mg,10 mg,18 mg,20 mg|1 tablet OM 30 -|54/72/2|p 6y|
Naltrexone|नाल्ट्रेक्सोन|N07BB04|opioid-antagonist|tablet:50 mg|1 tablet OD 30 PC|150/150/-|p 18y|
Disulfiram|डाइसल्फिराम|N07BB01|alcohol-deterrent|tablet:250 mg,500 mg|1 tablet OD 30 -|500/500/-|P 18y|
Buprenorphine|ब्यूप्रेनॉर्फिन|N07BC01|opioid|tablet:0.4 mg,2 mg|1 tablet OD 7 sublingual|24/32/-|p 16y|
Tamsulosin|टैमसुलोसिन|G04CA02|alpha-blocker sulfonamide-like|capsule:0.2 mg,0.4 mg|1 capsule HS 30 PC|0.8/0.8/-|18y|
Finasteride|फिनास्टेराइड|G04CB01|reductase-inhibitor|tablet:1 mg,5 mg|1 tablet OD 30 -|5/5/-|P 18y|
Solifenacin|सोलिफेनासिन|G04BD08|anticholinergic|tablet:5 mg,10 mg|1 tablet OD 30 -|10/10/-|p 18y|
Sildenafil|सिल्डेनाफिल|G04BE03|pde5|tablet:25 mg,50 mg,100 mg|1 tablet SOS 5 -|100/100/-|18y|
Tadalafil|टैडालाफिल|G04BE08|pde5|tablet:5 mg,10 mg,20 mg|1 tablet SOS 5 -|40/40/-|18y|
Potassium citrate|पोटैशियम साइट्रेट|A12BA02|urinary-alkaliniser|syrup:1100 mg/5 mL|10 mL TDS 7 PC|-||alkasol, disodium citrate
Ethinylestradiol with levonorgestrel|गर्भनिरोधक गोली|G03AA07|oestrogen progestogen|tablet:0.03/0.15 mg|1 tablet OD 21 -|-|P 12y|oral contraceptive pill, OCP, mala-n
Levonorgestrel emergency|आपातकालीन गर्भनिरोधक|G03AD01|progestogen|tablet:1.5 mg|1 tablet STAT 1 -|1.5/1.5/-|P 12y|emergency contraceptive
Medroxyprogesterone|मेड्रॉक्सीप्रोजेस्टेरोन|G03DA02|progestogen|tablet:5 mg,10 mg;injection:150 mg/mL|1 tablet OD 10 -|150/150/-|P|DMPA
Norethisterone|नॉरएथिस्टेरोन|G03DC02|progestogen|tablet:5 mg|1 tablet TDS 10 -|10/30/-|P|norethindrone
Progesterone|प्रोजेस्टेरोन|G03DA04|progestogen|capsule:100 mg,200 mg;injection:50 mg/mL|1 capsule HS 14 -|400/800/-|18y|
Dydrogesterone|डाइड्रोजेस्टेरोन|G03DB01|progestogen|tablet:10 mg|1 tablet BD 14 -|40/60/-|12y|
Clomifene|क्लोमिफेन|G03GB02|ovulation-stimulant|tablet:25 mg,50 mg,100 mg|1 tablet OD 5 -|150/150/-|P 18y|clomiphene
Misoprostol|मिसोप्रोस्टोल|G02AD06|prostaglandin|tablet:0.1 mg,0.2 mg|1 tablet STAT 1 -|0.8/0.8/-|P|
Mifepristone|मिफेप्रिस्टोन|G03XB01|antiprogestogen|tablet:200 mg|1 tablet STAT 1 -|200/600/-|P|
Oxytocin|ऑक्सीटोसिन|H01BB02|oxytocic|injection:5 IU/mL|10 IU STAT 1 intramuscular|-||
Magnesium sulphate|मैग्नीशियम सल्फेट|B05XA05|mineral|injection:500 mg/mL|4 g STAT 1 intravenous|5000/40000/-||
Vitamin K|विटामिन के|B02BA01|vitamin|injection:1 mg/0.5 mL,10 mg/mL|1 mg STAT 1 intramuscular|10/40/-||phytomenadione
Hydrocortisone cream|हाइड्रोकॉर्टिसोन क्रीम|D07AA02|corticosteroid|cream:1 %|1 application BD 7 skin|-||
Betamethasone cream|बीटामेथासोन क्रीम|D07AC01|corticosteroid|cream:0.05 %,0.1 %|1 application BD 7 skin|-|p|
Clobetasol cream|क्लोबेटासोल क्रीम|D07AD01|corticosteroid|cream:0.05 %|1 application BD 7 skin|-|p 1y|
Mometasone cream|मोमेटासोन क्रीम|D07AC13|corticosteroid|cream:0.1 %|1 application OD 7 skin|-|p 2y|
Tacrolimus ointment|टैक्रोलिमस मरहम|D11AH01|calcineurin-inhibitor|ointment:0.03 %,0.1 %|1 application BD 14 skin|-|p 2y|
Calamine lotion|कैलामाइन लोशन|D02AB|soothing|lotion:8 %|1 application BD 7 skin|-||
Adapalene gel|एडापैलीन जेल|D10AD03|retinoid|gel:0.1 %|1 application HS 56 skin|-|P 12y|
Benzoyl peroxide gel|बेंज़ोयल पेरोक्साइड जेल|D10AE01|antiacne|gel:2.5 %,5 %|1 application HS 56 skin|-|12y|
Isotretinoin|आइसोट्रेटिनोइन|D10BA01|retinoid|capsule:5 mg,10 mg,20 mg|1 capsule OD 30 PC|60/80/1|P 12y|
Salicylic acid ointment|सैलिसिलिक एसिड मरहम|D01AE12|salicylate|ointment:3 %,6 %,12 %|1 application BD 14 skin|-|2y|
White soft paraffin|व्हाइट सॉफ्ट पैराफिन|D02AC|emollient|ointment:100 %|1 application BD 30 skin|-||emollient, petroleum jelly
Urea cream|यूरिया क्रीम|D02AE01|emollient|cream:10 %,20 %|1 application BD 30 skin|-||
Minoxidil solution|मिनॉक्सिडिल|D11AX01|hair|solution:2 %,5 %|1 application BD 90 skin|-|p 18y|
Carboxymethylcellulose eye drops|कार्बोक्सीमिथाइलसेल्युलोज़ आँख की बूँदें|S01XA20|tear-substitute|eye drops:0.5 %,1 %|1 drops QID 30 eye|-||artificial tears, CMC
Olopatadine eye drops|ओलोपाटाडीन आँख की बूँदें|S01GX09|antihistamine|eye drops:0.1 %,0.2 %|1 drops BD 14 eye|-|3y|
Timolol eye drops|टिमोलोल आँख की बूँदें|S01ED01|beta-blocker|eye drops:0.25 %,0.5 %|1 drops BD 30 eye|-|p|
Latanoprost eye drops|लैटानोप्रोस्ट आँख की बूँदें|S01EE01|prostaglandin|eye drops:0.005 %|1 drops HS 30 eye|-|p|
Prednisolone eye drops|प्रेडनिसोलोन आँख की बूँदें|S01BA04|corticosteroid|eye drops:1 %|1 drops QID 7 eye|-|p|
Tropicamide eye drops|ट्रोपिकामाइड आँख की बूँदें|S01FA06|anticholinergic|eye drops:0.5 %,1 %|1 drops STAT 1 eye|-||
Wax-softening ear drops|कान का मैल नरम करने की बूँदें|S02DC|cerumenolytic|ear drops:5 %|4 drops TDS 5 ear|-||paradichlorobenzene, docusate
Chlorhexidine mouthwash|क्लोरहेक्सिडीन माउथवॉश|A01AB03|antiseptic|mouthwash:0.2 %|10 mL BD 7 oral|-|6y|
Lignocaine gel|लिग्नोकेन जेल|N01BB02|local-anaesthetic|gel:2 %;injection:1 %,2 %|1 application TDS 5 skin|-||lidocaine
Choline salicylate gel|कोलीन सैलिसिलेट जेल|N02BA03|salicylate|gel:8.7 %|1 application TDS 5 oral|-|16y|
Dextrose|डेक्स्ट्रोज़|B05BA03|infusion|infusion:5 %,10 %,25 %,50 %|-|-||glucose
Normal saline|नॉर्मल सलाइन|B05BB01|infusion|infusion:0.9 %|-|-||sodium chloride
Ringer lactate|रिंगर लैक्टेट|B05BB01|infusion|infusion:500 mL|-|-||compound sodium lactate
Sodium bicarbonate|सोडियम बाइकार्बोनेट|A02AH|alkaliniser|tablet:500 mg,1 g;injection:7.5 %|1 tablet TDS 14 PC|-||
Sevelamer|सेवेलामर|V03AE02|phosphate-binder|tablet:400 mg,800 mg|1 tablet TDS 30 PC|4800/14400/-|18y|
Erythropoietin|एरिथ्रोपोइटिन|B03XA01|erythropoietin|injection:2000 IU,4000 IU,10000 IU|4000 IU BW 28 subcutaneous|-||epoetin
Hydroxyurea|हाइड्रॉक्सीयूरिया|L01XX05|antimetabolite|capsule:500 mg|1 capsule OD 30 -|-/-/35|P|hydroxycarbamide
Deferasirox|डिफेरासिरॉक्स|V03AC03|chelator|tablet:90 mg,250 mg,360 mg,500 mg|1 tablet OD 30 AC|-/-/40|P 2y|
Nicotine gum|निकोटीन गम|N07BA01|nicotine|gum:2 mg,4 mg|1 gum SOS 30 oral|4/60/-|P 18y|
Naloxone|नालोक्सोन|V03AB15|opioid-antagonist|injection:0.4 mg/mL|0.4 mg STAT 1 intravenous|2/10/-||
Atropine|एट्रोपिन|A03BA01|anticholinergic|injection:0.6 mg/mL|0.6 mg STAT 1 intravenous|-||
Anti-snake venom|सर्पदंश प्रतिविष|J06AA03|antivenom|injection:10 mL|-|-||polyvalent antivenom, ASV
Permethrin lotion for lice|जूँ के लिए पर्मेथ्रिन लोशन|P03AC04|pediculicide|lotion:1 %|1 application STAT 1 skin|-|2m|
`
