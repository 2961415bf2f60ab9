/** Infections. Lines as in `drugs-common.ts`. */
export const DRUGS_INFECTIONS = `
Amoxicillin|एमोक्सिसिलिन|J01CA04|penicillin|capsule:250 mg,500 mg;syrup:125 mg/5 mL,250 mg/5 mL|1 capsule TDS 5 -|1000/3000/100||amoxycillin
Amoxicillin with clavulanic acid|एमोक्सिसिलिन और क्लैवुलैनिक एसिड|J01CR02|penicillin|tablet:375 mg,625 mg,1 g;syrup:228.5 mg/5 mL,457 mg/5 mL;injection:600 mg,1.2 g|1 tablet BD 5 PC|2000/4000/100||co-amoxiclav, augmentin, amoxyclav
Ampicillin|एम्पिसिलिन|J01CA01|penicillin|capsule:250 mg,500 mg;injection:500 mg,1 g|1 capsule QID 5 AC|2000/12000/200||
Cloxacillin|क्लोक्सासिलिन|J01CF02|penicillin|capsule:250 mg,500 mg;syrup:125 mg/5 mL|1 capsule QID 5 AC|1000/6000/100||
Phenoxymethylpenicillin|फेनोक्सीमिथाइल पेनिसिलिन|J01CE02|penicillin|tablet:250 mg,500 mg|1 tablet BD 10 AC|500/2000/50||penicillin V
Benzathine benzylpenicillin|बेंज़ाथीन पेनिसिलिन|J01CE08|penicillin|injection:1.2 million IU,2.4 million IU|1.2 million IU STAT 1 intramuscular|-||benzathine penicillin, penicillin G
Piperacillin with tazobactam|पिपरासिलिन और टैज़ोबैक्टम|J01CR05|penicillin|injection:2.25 g,4.5 g|4.5 g Q8H 7 intravenous|4500/18000/400||
Cefalexin|सेफालेक्सिन|J01DB01|cephalosporin|capsule:250 mg,500 mg;syrup:125 mg/5 mL,250 mg/5 mL|1 capsule QID 5 -|1000/4000/100||cephalexin
Cefadroxil|सेफाड्रोक्सिल|J01DB05|cephalosporin|tablet:250 mg,500 mg;syrup:125 mg/5 mL,250 mg/5 mL|1 tablet BD 5 -|1000/2000/30||
Cefuroxime|सेफुरॉक्सिम|J01DC02|cephalosporin|tablet:250 mg,500 mg;injection:750 mg,1.5 g|1 tablet BD 5 PC|500/1000/30|3m|
Cefixime|सेफिक्सिम|J01DD08|cephalosporin|tablet:100 mg,200 mg,400 mg;syrup:50 mg/5 mL,100 mg/5 mL|1 tablet BD 5 -|400/400/20|1m|
Cefpodoxime|सेफपोडॉक्सिम|J01DD13|cephalosporin|tablet:100 mg,200 mg;syrup:50 mg/5 mL,100 mg/5 mL|1 tablet BD 5 PC|400/800/10|2m|
Ceftriaxone|सेफ्ट्रिएक्सोन|J01DD04|cephalosporin|injection:250 mg,500 mg,1 g,2 g|1 g OD 5 intravenous|4000/4000/100||
Cefotaxime|सेफोटैक्सिम|J01DD01|cephalosporin|injection:250 mg,500 mg,1 g|1 g BD 5 intravenous|2000/12000/200||
Cefoperazone with sulbactam|सेफोपेराज़ोन और सल्बैक्टम|J01DD62|cephalosporin|injection:1 g,1.5 g,2 g|1.5 g BD 5 intravenous|4000/8000/80||
Ceftazidime|सेफ्टाज़िडाइम|J01DD02|cephalosporin|injection:500 mg,1 g,2 g|1 g Q8H 7 intravenous|2000/6000/150||
Meropenem|मेरोपेनेम|J01DH02|carbapenem|injection:500 mg,1 g|1 g Q8H 7 intravenous|2000/6000/120||
Azithromycin|एज़िथ्रोमाइसिन|J01FA10|macrolide|tablet:250 mg,500 mg;syrup:100 mg/5 mL,200 mg/5 mL|1 tablet OD 3 -|1000/1000/20||
Clarithromycin|क्लैरिथ्रोमाइसिन|J01FA09|macrolide|tablet:250 mg,500 mg;syrup:125 mg/5 mL|1 tablet BD 7 -|500/1000/15|p|
Erythromycin|एरिथ्रोमाइसिन|J01FA01|macrolide|tablet:250 mg,500 mg;syrup:125 mg/5 mL|1 tablet QID 7 AC|1000/4000/50||
Roxithromycin|रॉक्सिथ्रोमाइसिन|J01FA06|macrolide|tablet:150 mg,300 mg|1 tablet BD 5 AC|300/300/8||
Clindamycin|क्लिंडामाइसिन|J01FF01|lincosamide|capsule:150 mg,300 mg;injection:150 mg/mL|1 capsule TDS 7 -|600/1800/40||
Doxycycline|डॉक्सीसाइक्लिन|J01AA02|tetracycline|capsule:100 mg;tablet:100 mg|1 capsule BD 7 PC|200/200/4.4|P 8y|
Tetracycline|टेट्रासाइक्लिन|J01AA07|tetracycline|capsule:250 mg,500 mg|1 capsule QID 7 AC|500/2000/50|P 8y|
Minocycline|मिनोसाइक्लिन|J01AA08|tetracycline|capsule:50 mg,100 mg|1 capsule BD 14 PC|200/200/4|P 8y|
Ciprofloxacin|सिप्रोफ्लॉक्सासिन|J01MA02|quinolone|tablet:250 mg,500 mg,750 mg;injection:2 mg/mL|1 tablet BD 5 -|750/1500/30|p 18y|
Levofloxacin|लेवोफ्लॉक्सासिन|J01MA12|quinolone|tablet:250 mg,500 mg,750 mg;injection:5 mg/mL|1 tablet OD 5 -|750/1000/20|p 18y|
Ofloxacin|ओफ्लॉक्सासिन|J01MA01|quinolone|tablet:200 mg,400 mg;suspension:50 mg/5 mL|1 tablet BD 5 -|400/800/15|p 18y|
Norfloxacin|नॉरफ्लॉक्सासिन|J01MA06|quinolone|tablet:400 mg|1 tablet BD 5 AC|400/800/-|p 18y|
Moxifloxacin|मॉक्सीफ्लॉक्सासिन|J01MA14|quinolone|tablet:400 mg|1 tablet OD 7 -|400/400/-|p 18y|
Co-trimoxazole|कोट्राइमोक्साज़ोल|J01EE01|sulfonamide|tablet:480 mg,960 mg;syrup:240 mg/5 mL|1 tablet BD 5 PC|1920/5760/120|p 2m|trimethoprim with sulfamethoxazole, septran
Nitrofurantoin|नाइट्रोफ्यूरेंटोइन|J01XE01|nitrofuran|capsule:50 mg,100 mg|1 capsule BD 5 PC|100/400/7|3m|
Fosfomycin|फोस्फोमाइसिन|J01XX01|phosphonic|sachet:3 g|1 sachet STAT 1 -|3000/3000/-|12y|
Metronidazole|मेट्रोनिडाज़ोल|P01AB01|nitroimidazole|tablet:200 mg,400 mg;syrup:200 mg/5 mL;injection:5 mg/mL|1 tablet TDS 5 PC|800/4000/50|p|
Tinidazole|टिनिडाज़ोल|P01AB02|nitroimidazole|tablet:300 mg,500 mg,1 g|2 g OD 3 PC|2000/2000/60|p 3y|
Ornidazole|ऑर्निडाज़ोल|P01AB03|nitroimidazole|tablet:500 mg|1 tablet BD 5 PC|1500/1500/40|p|
Secnidazole|सेकनिडाज़ोल|P01AB07|nitroimidazole|tablet:1 g,2 g|2 g STAT 1 PC|2000/2000/30|p|
Gentamicin|जेंटामाइसिन|J01GB03|aminoglycoside|injection:40 mg/mL|80 mg BD 5 intramuscular|-/-/7.5|P|
Amikacin|एमिकासिन|J01GB06|aminoglycoside|injection:100 mg/2 mL,250 mg/2 mL,500 mg/2 mL|500 mg BD 7 intramuscular|1500/1500/22.5|P|
Vancomycin|वैंकोमाइसिन|J01XA01|glycopeptide|injection:500 mg,1 g|1 g BD 7 intravenous|2000/4000/60|p|
Linezolid|लिनेज़ोलिड|J01XX08|oxazolidinone|tablet:600 mg;injection:2 mg/mL|1 tablet BD 10 -|600/1200/30|p|
Rifaximin|रिफैक्सिमिन|A07AA11|rifamycin|tablet:200 mg,400 mg,550 mg|1 tablet BD 7 -|550/1650/-|12y|
Isoniazid|आइसोनियाज़िड|J04AC01|antitubercular|tablet:100 mg,300 mg|1 tablet OD 30 AC|300/300/15||INH
Rifampicin|रिफैम्पिसिन|J04AB02|antitubercular rifamycin|capsule:150 mg,300 mg,450 mg,600 mg|1 capsule OD 30 AC|600/1200/20||rifampin
Pyrazinamide|पाइराज़िनामाइड|J04AK01|antitubercular|tablet:500 mg,750 mg|3 tablet OD 30 -|2000/2000/40||
Ethambutol|एथेमब्यूटोल|J04AK02|antitubercular|tablet:400 mg,800 mg|2 tablet OD 30 -|1600/1600/25||
Antitubercular fixed dose (HRZE)|टीबी की संयुक्त गोली (एचआरज़ेडई)|J04AM06|antitubercular rifamycin|tablet:75/150/400/275 mg|3 tablet OD 28 AC|-||HRZE, 4FDC
Antitubercular fixed dose (HRE)|टीबी की संयुक्त गोली (एचआरई)|J04AM|antitubercular rifamycin|tablet:75/150/275 mg|3 tablet OD 28 AC|-||HRE, 3FDC
Bedaquiline|बेडाक्विलिन|J04AK05|antitubercular|tablet:100 mg|4 tablet OD 14 PC|400/400/-|p|
Clofazimine|क्लोफाज़िमिन|J04BA01|antileprotic|capsule:50 mg,100 mg|1 capsule OD 30 PC|300/300/-|p|
Dapsone|डैप्सोन|J04BA02|antileprotic sulfone|tablet:25 mg,100 mg|1 tablet OD 30 -|100/200/2||
Chloroquine|क्लोरोक्वीन|P01BA01|antimalarial|tablet:250 mg,500 mg;syrup:50 mg/5 mL|4 tablet OD 3 PC|1000/1000/25||
Hydroxychloroquine|हाइड्रॉक्सीक्लोरोक्वीन|P01BA02|antimalarial|tablet:200 mg,300 mg,400 mg|1 tablet BD 30 PC|800/800/6.5||HCQ
Artemether with lumefantrine|आर्टेमेथर और ल्यूमेफैंट्रिन|P01BF01|antimalarial|tablet:20/120 mg,80/480 mg|1 tablet BD 3 PC|-|p|ACT
Artesunate|आर्टेसुनेट|P01BE03|antimalarial|injection:60 mg,120 mg|120 mg BD 3 intravenous|-/-/4.8||
Primaquine|प्राइमाक्वीन|P01BA03|antimalarial|tablet:7.5 mg,15 mg|1 tablet OD 14 PC|45/45/0.75|P 6m|
Quinine|क्विनीन|P01BC01|antimalarial|tablet:300 mg;injection:300 mg/mL|2 tablet TDS 7 PC|600/1800/30||
Albendazole|एल्बेंडाज़ोल|P02CA03|anthelmintic|tablet:400 mg;suspension:200 mg/5 mL|1 tablet STAT 1 -|400/800/15|P 1y|
Mebendazole|मेबेंडाज़ोल|P02CA01|anthelmintic|tablet:100 mg;suspension:100 mg/5 mL|1 tablet BD 3 -|500/500/-|P 1y|
Ivermectin|आइवरमेक्टिन|P02CF01|anthelmintic|tablet:6 mg,12 mg|1 tablet STAT 1 AC|18/18/0.2|p 5y|
Praziquantel|प्राज़िक्वांटेल|P02BA01|anthelmintic|tablet:600 mg|1 tablet TDS 1 PC|-/-/75|p 4y|
Diethylcarbamazine|डाइएथिलकार्बामाज़ीन|P02CB02|anthelmintic|tablet:50 mg,100 mg|1 tablet TDS 12 PC|300/600/6|P 2y|DEC
Nitazoxanide|निटाज़ोक्सानाइड|P01AX11|antiprotozoal|tablet:200 mg,500 mg;suspension:100 mg/5 mL|1 tablet BD 3 PC|500/1000/20|1y|
Miltefosine|मिल्टेफोसिन|P01CX04|antileishmanial|capsule:10 mg,50 mg|1 capsule BD 28 PC|50/150/2.5|P 2y|
Amphotericin B|एम्फोटेरिसिन बी|J02AA01|antifungal polyene|injection:50 mg|-|-||
Fluconazole|फ्लुकोनाज़ोल|J02AC01|azole|tablet:50 mg,150 mg,200 mg;injection:2 mg/mL|1 tablet OW 4 -|800/800/12|p|
Itraconazole|इट्राकोनाज़ोल|J02AC02|azole|capsule:100 mg,200 mg|1 capsule BD 14 PC|200/400/5|P|
Terbinafine|टर्बिनाफिन|D01BA02|allylamine|tablet:250 mg|1 tablet OD 28 -|500/500/-|p|
Griseofulvin|ग्रिसोफुल्विन|D01BA01|antifungal|tablet:250 mg,500 mg|1 tablet OD 28 PC|1000/1000/20|P|
Nystatin oral|निस्टैटिन|A07AA02|antifungal polyene|suspension:100000 IU/mL|1 mL QID 7 -|-||
Clotrimazole cream|क्लोट्रिमाज़ोल क्रीम|D01AC01|azole|cream:1 %|1 application BD 14 skin|-||
Clotrimazole vaginal|क्लोट्रिमाज़ोल योनि गोली|G01AF02|azole|pessary:100 mg,500 mg|1 pessary HS 6 vaginal|-||
Clotrimazole mouth paint|क्लोट्रिमाज़ोल माउथ पेंट|A01AB18|azole|solution:1 %|1 application TDS 7 oral|-||
Ketoconazole shampoo|कीटोकोनाज़ोल शैम्पू|D01AC08|azole|shampoo:2 %|1 application BW 28 skin|-||
Ketoconazole cream|कीटोकोनाज़ोल क्रीम|D01AC08|azole|cream:2 %|1 application OD 14 skin|-||
Terbinafine cream|टर्बिनाफिन क्रीम|D01AE15|allylamine|cream:1 %|1 application BD 14 skin|-||
Luliconazole cream|लुलिकोनाज़ोल क्रीम|D01AC18|azole|cream:1 %|1 application OD 14 skin|-||
Aciclovir|एसाइक्लोविर|J05AB01|antiviral|tablet:200 mg,400 mg,800 mg;injection:250 mg,500 mg|1 tablet QID 7 -|800/4000/80||acyclovir
Valaciclovir|वैलासाइक्लोविर|J05AB11|antiviral|tablet:500 mg,1 g|1 tablet TDS 7 -|2000/4000/-|12y|valacyclovir
Aciclovir cream|एसाइक्लोविर क्रीम|D06BB03|antiviral|cream:5 %|1 application QID 5 skin|-||
Oseltamivir|ओसेल्टामिविर|J05AH02|antiviral|capsule:30 mg,45 mg,75 mg;syrup:12 mg/mL|1 capsule BD 5 PC|75/150/6||
Entecavir|एंटेकाविर|J05AF10|antiviral|tablet:0.5 mg,1 mg|1 tablet OD 30 AC|1/1/-|p 2y|
Tenofovir|टेनोफोविर|J05AF07|antiretroviral|tablet:300 mg|1 tablet OD 30 PC|300/300/-||
Tenofovir, lamivudine and dolutegravir|टेनोफोविर, लैमिवुडीन और डोलुटेग्राविर|J05AR27|antiretroviral|tablet:300/300/50 mg|1 tablet OD 30 -|-|10y|TLD
Lamivudine|लैमिवुडीन|J05AF05|antiretroviral|tablet:100 mg,150 mg,300 mg|1 tablet OD 30 -|300/300/10||
Zidovudine|ज़िडोवुडीन|J05AF01|antiretroviral|tablet:100 mg,300 mg|1 tablet BD 30 -|300/600/-||
Dolutegravir|डोलुटेग्राविर|J05AJ03|antiretroviral|tablet:10 mg,50 mg|1 tablet OD 30 -|50/100/-||
Sofosbuvir|सोफोसबुविर|J05AP08|antiviral|tablet:400 mg|1 tablet OD 28 -|400/400/-|3y|
Sofosbuvir with velpatasvir|सोफोसबुविर और वेलपाटासविर|J05AP55|antiviral|tablet:400/100 mg|1 tablet OD 28 -|-|3y|
Mupirocin ointment|म्यूपिरोसिन मरहम|D06AX09|antibiotic|ointment:2 %|1 application TDS 7 skin|-||
Fusidic acid cream|फ्यूसिडिक एसिड क्रीम|D06AX01|antibiotic|cream:2 %|1 application TDS 7 skin|-||
Framycetin cream|फ्रैमाइसेटिन क्रीम|D06AX|aminoglycoside|cream:1 %|1 application TDS 7 skin|-||soframycin
Silver sulfadiazine cream|सिल्वर सल्फाडायज़ीन क्रीम|D06BA01|sulfonamide|cream:1 %|1 application OD 7 skin|-|p 2m|
Povidone iodine|पोविडोन आयोडीन|D08AG02|iodine|ointment:5 %,10 %;solution:5 %,10 %|1 application BD 7 skin|-|p|betadine
Permethrin cream|पर्मेथ्रिन क्रीम|P03AC04|scabicide|cream:5 %;lotion:1 %|1 application STAT 1 skin|-|2m|
Benzyl benzoate lotion|बेंज़िल बेंज़ोएट लोशन|P03AX01|scabicide|lotion:25 %|1 application HS 3 skin|-|p 2y|
Ciprofloxacin eye drops|सिप्रोफ्लॉक्सासिन आँख की बूँदें|S01AE03|quinolone|eye drops:0.3 %|1 drops QID 7 eye|-||
Moxifloxacin eye drops|मॉक्सीफ्लॉक्सासिन आँख की बूँदें|S01AE07|quinolone|eye drops:0.5 %|1 drops TDS 7 eye|-||
Tobramycin eye drops|टोब्रामाइसिन आँख की बूँदें|S01AA12|aminoglycoside|eye drops:0.3 %|1 drops QID 7 eye|-||
Chloramphenicol eye drops|क्लोरैम्फेनिकॉल आँख की बूँदें|S01AA01|amphenicol|eye drops:0.5 %;eye ointment:1 %|1 drops QID 7 eye|-||
Ciprofloxacin ear drops|सिप्रोफ्लॉक्सासिन कान की बूँदें|S02AA15|quinolone|ear drops:0.3 %|3 drops BD 7 ear|-||
Clotrimazole ear drops|क्लोट्रिमाज़ोल कान की बूँदें|S02AA|azole|ear drops:1 %|3 drops TDS 10 ear|-||
Tetanus toxoid|टिटनेस टॉक्सॉइड|J07AM01|vaccine|injection:0.5 mL|0.5 mL STAT 1 intramuscular|-||TT, Td
Rabies vaccine|रेबीज़ का टीका|J07BG01|vaccine|injection:0.5 mL,1 mL|0.5 mL STAT 1 intramuscular|-||ARV
Rabies immunoglobulin|रेबीज़ इम्युनोग्लोबुलिन|J06BB05|immunoglobulin|injection:300 IU/2 mL,150 IU/mL|-|-||RIG
`
