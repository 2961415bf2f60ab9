// Format as in icd10-tumours-blood.ts.

/** F01–H95: more of mind, nerves, eyes and ears. */
export const ICD10_MIND_SENSES = `
F01.50|Vascular dementia, unspecified severity, without behavioral disturbance, psychotic disturbance, mood disturbance, and anxiety||
F03.90|Unspecified dementia, unspecified severity, without behavioral disturbance, psychotic disturbance, mood disturbance, and anxiety|भूलने की बीमारी (डिमेंशिया)|dementia
F05|Delirium due to known physiological condition|सन्निपात|delirium
F10.10|Alcohol abuse, uncomplicated|शराब का दुरुपयोग|
F10.139|Alcohol abuse with withdrawal, unspecified||
F10.239|Alcohol dependence with withdrawal, unspecified||alcohol withdrawal
F10.231|Alcohol dependence with withdrawal delirium||delirium tremens, DT
F11.20|Opioid dependence, uncomplicated|अफ़ीम की लत|opium, heroin
F12.10|Cannabis abuse, uncomplicated|गाँजे का दुरुपयोग|ganja, bhang
F12.20|Cannabis dependence, uncomplicated||
F13.20|Sedative, hypnotic or anxiolytic dependence, uncomplicated||benzodiazepine dependence
F17.220|Nicotine dependence, chewing tobacco, uncomplicated|तंबाकू चबाने की लत|gutka, khaini, chewing tobacco
F17.200|Nicotine dependence, unspecified, uncomplicated|तंबाकू की लत|tobacco
F19.20|Other psychoactive substance dependence, uncomplicated||
F22|Delusional disorders||paranoia
F23|Brief psychotic disorder||acute psychosis
F25.9|Schizoaffective disorder, unspecified||
F29|Unspecified psychosis not due to a substance or known physiological condition|मनोविकृति|psychosis
F30.9|Manic episode, unspecified||mania
F31.9|Bipolar disorder, unspecified|द्विध्रुवी विकार|BPAD, manic depression
F32.0|Major depressive disorder, single episode, mild||
F32.1|Major depressive disorder, single episode, moderate||
F32.2|Major depressive disorder, single episode, severe without psychotic features||
F32.9|Major depressive disorder, single episode, unspecified||MDD
F33.9|Major depressive disorder, recurrent, unspecified||recurrent depression
F34.1|Dysthymic disorder||dysthymia
F40.10|Social phobia, unspecified||social anxiety
F40.01|Agoraphobia with panic disorder||
F41.0|Panic disorder [episodic paroxysmal anxiety]|घबराहट का दौरा|panic attack
F42.9|Obsessive-compulsive disorder, unspecified||OCD
F43.0|Acute stress reaction||
F43.10|Post-traumatic stress disorder, unspecified||PTSD
F43.20|Adjustment disorder, unspecified||
F44.5|Conversion disorder with seizures or convulsions||pseudoseizure, PNES
F44.9|Dissociative and conversion disorder, unspecified||hysteria
F45.9|Somatoform disorder, unspecified||
F48.8|Other specified nonpsychotic mental disorders||neurasthenia, dhat
F50.00|Anorexia nervosa, unspecified||
F50.20|Bulimia nervosa, unspecified||
F52.21|Male erectile disorder||
F52.4|Premature ejaculation|शीघ्रपतन|
F53.0|Postpartum depression|प्रसव के बाद का अवसाद|postnatal depression
F60.3|Borderline personality disorder||
F70|Mild intellectual disabilities||
F79|Unspecified intellectual disabilities|बौद्धिक अक्षमता|
F80.9|Developmental disorder of speech and language, unspecified|बोलने में देरी|speech delay
F81.9|Developmental disorder of scholastic skills, unspecified||learning disability
F82|Specific developmental disorder of motor function||
F84.0|Autistic disorder|ऑटिज़्म|autism, ASD
F90.9|Attention-deficit hyperactivity disorder, unspecified type||ADHD
F91.9|Conduct disorder, unspecified||
F95.2|Tourette's disorder||
F98.0|Enuresis not due to a substance or known physiological condition|बिस्तर गीला करना|bedwetting
F80.81|Childhood onset fluency disorder|हकलाना|stammering
G00.9|Bacterial meningitis, unspecified|जीवाणु मेनिन्जाइटिस|pyogenic meningitis
G03.9|Meningitis, unspecified|मेनिन्जाइटिस|
G04.90|Encephalitis and encephalomyelitis, unspecified|दिमाग की सूजन|encephalitis
G06.0|Intracranial abscess and granuloma||brain abscess
G12.21|Amyotrophic lateral sclerosis||ALS, motor neuron disease, MND
G20.A2|Parkinson's disease without dyskinesia, with fluctuations||
G20.C|Parkinsonism, unspecified||
G24.9|Dystonia, unspecified||
G25.0|Essential tremor|हाथ काँपना|tremor
G25.81|Restless legs syndrome||RLS
G30.9|Alzheimer's disease, unspecified|अल्ज़ाइमर रोग|
G35.D|Multiple sclerosis, unspecified||MS
G36.0|Neuromyelitis optica [Devic]||NMO
G37.3|Acute transverse myelitis in demyelinating disease of central nervous system||
G40.901|Epilepsy, unspecified, not intractable, with status epilepticus||status epilepticus
G40.919|Epilepsy, unspecified, intractable, without status epilepticus||refractory epilepsy
G40.409|Other generalized epilepsy and epileptic syndromes, not intractable, without status epilepticus||
G43.009|Migraine without aura, not intractable, without status migrainosus||
G43.109|Migraine with aura, not intractable, without status migrainosus||
G44.009|Cluster headache syndrome, unspecified, not intractable||cluster headache
G44.1|Vascular headache, not elsewhere classified||
G45.9|Transient cerebral ischemic attack, unspecified||TIA, mini stroke
G47.00|Insomnia, unspecified|नींद न आना|insomnia
G47.10|Hypersomnia, unspecified||
G50.0|Trigeminal neuralgia||
G54.2|Cervical root disorders, not elsewhere classified||cervical radiculopathy
G56.20|Lesion of ulnar nerve, unspecified upper limb||ulnar neuropathy
G56.30|Lesion of radial nerve, unspecified upper limb||wrist drop
G57.00|Lesion of sciatic nerve, unspecified lower limb||
G61.0|Guillain-Barre syndrome||GBS
G70.00|Myasthenia gravis without (acute) exacerbation||
G71.01|Duchenne or Becker muscular dystrophy||DMD
G80.9|Cerebral palsy, unspecified|सेरेब्रल पाल्सी|CP
G81.90|Hemiplegia, unspecified affecting unspecified side|आधे शरीर का लकवा|hemiparesis
G82.20|Paraplegia, unspecified|पैरों का लकवा|
G91.9|Hydrocephalus, unspecified||
G93.1|Anoxic brain damage, not elsewhere classified||HIE
G93.41|Metabolic encephalopathy||
G95.9|Disease of spinal cord, unspecified||myelopathy
H00.019|Hordeolum externum unspecified eye, unspecified eyelid|गुहेरी|stye
H00.19|Chalazion unspecified eye, unspecified eyelid||
H01.009|Unspecified blepharitis unspecified eye, unspecified eyelid||blepharitis
H02.409|Unspecified ptosis of unspecified eyelid||
H04.129|Dry eye syndrome of unspecified lacrimal gland|आँखों का सूखापन|dry eye
H04.309|Unspecified dacryocystitis of unspecified lacrimal passage||dacryocystitis
H10.10|Acute atopic conjunctivitis, unspecified eye|आँखों की एलर्जी|allergic conjunctivitis
H10.44|Vernal conjunctivitis||VKC, spring catarrh
H11.009|Unspecified pterygium of unspecified eye|नाखूना|pterygium
H11.30|Conjunctival hemorrhage, unspecified eye||subconjunctival haemorrhage
H15.009|Unspecified scleritis, unspecified eye||
H16.009|Unspecified corneal ulcer, unspecified eye|आँख का घाव|corneal ulcer
H16.9|Unspecified keratitis||
H18.609|Keratoconus, unspecified, unspecified eye||
H20.9|Unspecified iridocyclitis||uveitis, iritis
H26.9|Unspecified cataract||
H33.20|Serous retinal detachment, unspecified eye||
H34.9|Unspecified retinal vascular occlusion||
H35.00|Unspecified background retinopathy||
H35.30|Unspecified macular degeneration||ARMD
H35.109|Retinopathy of prematurity, unspecified, unspecified eye||ROP
H40.10X0|Unspecified open-angle glaucoma, stage unspecified||POAG
H40.219|Acute angle-closure glaucoma, unspecified eye||
H46.9|Unspecified optic neuritis||
H47.10|Unspecified papilledema||
H50.9|Unspecified strabismus|भेंगापन|squint
H52.00|Hypermetropia, unspecified eye|दूर-दृष्टि दोष|
H52.10|Myopia, unspecified eye|निकट-दृष्टि दोष|short sight
H52.209|Unspecified astigmatism, unspecified eye||
H52.7|Unspecified disorder of refraction|चश्मे का नंबर|refractive error
H53.009|Unspecified amblyopia, unspecified eye||lazy eye
H53.60|Unspecified night blindness|रतौंधी|
H54.7|Unspecified visual loss|नज़र कम होना|low vision
H57.10|Ocular pain, unspecified eye|आँख में दर्द|
H61.90|Disorder of external ear, unspecified, unspecified ear||
H65.90|Unspecified nonsuppurative otitis media, unspecified ear||glue ear, OME
H66.009|Acute suppurative otitis media without spontaneous rupture of ear drum, unspecified ear||
H66.3X9|Other chronic suppurative otitis media, unspecified ear|कान बहना|CSOM, ear discharge
H70.90|Unspecified mastoiditis, unspecified ear||
H71.90|Unspecified cholesteatoma, unspecified ear||
H72.90|Unspecified perforation of tympanic membrane, unspecified ear|कान का पर्दा फटना|
H81.09|Meniere's disease, unspecified ear||
H81.20|Vestibular neuronitis, unspecified ear||labyrinthitis
H83.09|Labyrinthitis, unspecified ear||
H90.5|Unspecified sensorineural hearing loss||SNHL
H90.2|Conductive hearing loss, unspecified||
H91.10|Presbycusis, unspecified ear||
H92.09|Otalgia, unspecified ear|कान दर्द|earache
H92.10|Otorrhea, unspecified ear||
H93.19|Tinnitus, unspecified ear|कान में आवाज़|tinnitus
`
