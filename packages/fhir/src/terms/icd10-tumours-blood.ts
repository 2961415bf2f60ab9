// Format as in icd10-infections.ts; Hindi where people have a word of their own for it.

/** C00–E88: more tumours, blood, hormones and nutrition. */
export const ICD10_TUMOURS_BLOOD = `
C02.9|Malignant neoplasm of tongue, unspecified|जीभ का कैंसर|tongue cancer, Ca tongue
C03.9|Malignant neoplasm of gum, unspecified|मसूड़े का कैंसर|Ca gingiva
C07|Malignant neoplasm of parotid gland||parotid cancer
C10.9|Malignant neoplasm of oropharynx, unspecified||oropharyngeal cancer
C11.9|Malignant neoplasm of nasopharynx, unspecified||nasopharyngeal cancer, NPC
C13.9|Malignant neoplasm of hypopharynx, unspecified||hypopharyngeal cancer
C15.9|Malignant neoplasm of esophagus, unspecified|भोजन नली का कैंसर|oesophageal cancer, Ca esophagus
C16.9|Malignant neoplasm of stomach, unspecified|आमाशय का कैंसर|gastric cancer, Ca stomach
C17.9|Malignant neoplasm of small intestine, unspecified||
C20|Malignant neoplasm of rectum|मलाशय का कैंसर|rectal cancer, Ca rectum
C21.0|Malignant neoplasm of anus, unspecified||anal cancer
C22.0|Liver cell carcinoma|लिवर का कैंसर|hepatocellular carcinoma, HCC, hepatoma
C23|Malignant neoplasm of gallbladder|पित्ताशय का कैंसर|gallbladder cancer, Ca GB
C24.0|Malignant neoplasm of extrahepatic bile duct||cholangiocarcinoma
C25.9|Malignant neoplasm of pancreas, unspecified|अग्न्याशय का कैंसर|pancreatic cancer
C32.9|Malignant neoplasm of larynx, unspecified|स्वरयंत्र का कैंसर|laryngeal cancer, Ca larynx
C41.9|Malignant neoplasm of bone and articular cartilage, unspecified||osteosarcoma, bone cancer
C43.9|Malignant melanoma of skin, unspecified||melanoma
C44.91|Basal cell carcinoma of skin, unspecified||BCC, rodent ulcer
C44.92|Squamous cell carcinoma of skin, unspecified||SCC skin
C54.1|Malignant neoplasm of endometrium|गर्भाशय का कैंसर|endometrial cancer
C56.9|Malignant neoplasm of unspecified ovary|अंडाशय का कैंसर|ovarian cancer, Ca ovary
C60.9|Malignant neoplasm of penis, unspecified||Ca penis
C62.90|Malignant neoplasm of unspecified testis, unspecified whether descended or undescended||testicular cancer
C64.9|Malignant neoplasm of unspecified kidney, except renal pelvis|गुर्दे का कैंसर|renal cell carcinoma, RCC
C67.9|Malignant neoplasm of bladder, unspecified|मूत्राशय का कैंसर|bladder cancer
C69.20|Malignant neoplasm of unspecified retina||retinoblastoma
C71.9|Malignant neoplasm of brain, unspecified|दिमाग का कैंसर|brain tumour, glioma, glioblastoma
C73|Malignant neoplasm of thyroid gland|थायरॉइड का कैंसर|thyroid cancer
C78.00|Secondary malignant neoplasm of unspecified lung||lung metastasis
C78.7|Secondary malignant neoplasm of liver and intrahepatic bile duct||liver metastasis
C79.31|Secondary malignant neoplasm of brain||brain metastasis
C79.51|Secondary malignant neoplasm of bone||bone metastasis
C80.1|Malignant (primary) neoplasm, unspecified|कैंसर|cancer, malignancy
C81.90|Hodgkin lymphoma, unspecified, unspecified site||Hodgkin disease
C83.30|Diffuse large B-cell lymphoma, unspecified site||DLBCL
C85.90|Non-Hodgkin lymphoma, unspecified, unspecified site||NHL
C90.00|Multiple myeloma not having achieved remission||myeloma
C91.00|Acute lymphoblastic leukemia not having achieved remission|रक्त कैंसर (एएलएल)|ALL, blood cancer
C91.10|Chronic lymphocytic leukemia of B-cell type not having achieved remission||CLL
C92.00|Acute myeloblastic leukemia, not having achieved remission|रक्त कैंसर (एएमएल)|AML
C92.10|Chronic myeloid leukemia, BCR/ABL-positive, not having achieved remission||CML
D12.6|Benign neoplasm of colon, unspecified||colon polyp, adenoma
D16.9|Benign neoplasm of bone and articular cartilage, unspecified||
D18.00|Hemangioma unspecified site||haemangioma
D22.9|Melanocytic nevi, unspecified|तिल|mole, naevus
D24.9|Benign neoplasm of unspecified breast||fibroadenoma
D27.9|Benign neoplasm of unspecified ovary||dermoid cyst
D32.9|Benign neoplasm of meninges, unspecified||meningioma
D34|Benign neoplasm of thyroid gland||thyroid adenoma
D35.2|Benign neoplasm of pituitary gland||pituitary adenoma, prolactinoma
D45|Polycythemia vera||PV
D46.9|Myelodysplastic syndrome, unspecified||MDS
D47.3|Essential (hemorrhagic) thrombocythemia||ET
D52.9|Folate deficiency anemia, unspecified|फ़ोलेट की कमी से ख़ून की कमी|folic acid deficiency
D53.9|Nutritional anemia, unspecified|पोषण की कमी से ख़ून की कमी|
D55.0|Anemia due to glucose-6-phosphate dehydrogenase [G6PD] deficiency||G6PD deficiency
D56.1|Beta thalassemia||thalassaemia major
D56.3|Thalassemia minor||thalassaemia trait
D57.00|Hb-SS disease with crisis, unspecified||sickle cell crisis
D57.3|Sickle-cell trait||
D58.0|Hereditary spherocytosis||
D59.9|Acquired hemolytic anemia, unspecified||haemolytic anaemia
D61.9|Aplastic anemia, unspecified||
D62|Acute posthemorrhagic anemia||blood loss anaemia
D63.1|Anemia in chronic kidney disease||anaemia of CKD
D65|Disseminated intravascular coagulation [defibrination syndrome]||DIC
D66|Hereditary factor VIII deficiency|हीमोफ़ीलिया|haemophilia A
D67|Hereditary factor IX deficiency||haemophilia B
D68.9|Coagulation defect, unspecified||
D69.0|Allergic purpura||Henoch-Schonlein purpura, HSP
D69.3|Immune thrombocytopenic purpura||ITP
D70.9|Neutropenia, unspecified||
D72.10|Eosinophilia, unspecified||
D73.1|Hypersplenism||
D86.9|Sarcoidosis, unspecified||
E00.9|Congenital iodine-deficiency syndrome, unspecified||cretinism
E01.2|Iodine-deficiency related (endemic) goiter, unspecified|आयोडीन की कमी का घेंघा|
E02|Subclinical iodine-deficiency hypothyroidism||subclinical hypothyroidism
E03.1|Congenital hypothyroidism without goiter||
E04.1|Nontoxic single thyroid nodule||thyroid nodule
E04.2|Nontoxic multinodular goiter||MNG
E05.00|Thyrotoxicosis with diffuse goiter without thyrotoxic crisis or storm||Graves disease
E06.1|Subacute thyroiditis||de Quervain thyroiditis
E06.3|Autoimmune thyroiditis||Hashimoto thyroiditis
E10.10|Type 1 diabetes mellitus with ketoacidosis without coma||DKA
E10.65|Type 1 diabetes mellitus with hyperglycemia||
E11.00|Type 2 diabetes mellitus with hyperosmolarity without nonketotic hyperglycemic-hyperosmolar coma (NKHHC)||HHS
E11.10|Type 2 diabetes mellitus with ketoacidosis without coma||DKA type 2
E11.21|Type 2 diabetes mellitus with diabetic nephropathy||
E11.42|Type 2 diabetes mellitus with diabetic polyneuropathy||
E11.43|Type 2 diabetes mellitus with diabetic autonomic (poly)neuropathy||gastroparesis
E11.51|Type 2 diabetes mellitus with diabetic peripheral angiopathy without gangrene||
E11.52|Type 2 diabetes mellitus with diabetic peripheral angiopathy with gangrene||diabetic gangrene
E11.628|Type 2 diabetes mellitus with other skin complications||
E11.649|Type 2 diabetes mellitus with hypoglycemia without coma||
E11.69|Type 2 diabetes mellitus with other specified complication||
E11.8|Type 2 diabetes mellitus with unspecified complications||
E13.9|Other specified diabetes mellitus without complications||
E20.9|Hypoparathyroidism, unspecified||
E21.0|Primary hyperparathyroidism||
E21.3|Hyperparathyroidism, unspecified||
E22.0|Acromegaly and pituitary gigantism||
E22.1|Hyperprolactinemia||
E22.2|Syndrome of inappropriate secretion of antidiuretic hormone||SIADH
E23.0|Hypopituitarism||Sheehan syndrome
E23.2|Diabetes insipidus||
E24.9|Cushing's syndrome, unspecified||
E27.1|Primary adrenocortical insufficiency||Addison disease
E27.40|Unspecified adrenocortical insufficiency||
E28.39|Other primary ovarian failure||
E29.1|Testicular hypofunction||hypogonadism
E30.0|Delayed puberty||
E34.31|Constitutional short stature|छोटा क़द|short stature
E40|Kwashiorkor|क्वाशियोरकर|
E41|Nutritional marasmus|सूखा रोग (मरास्मस)|
E43|Unspecified severe protein-calorie malnutrition|गंभीर कुपोषण|SAM, severe malnutrition
E44.1|Mild protein-calorie malnutrition|हल्का कुपोषण|
E46|Unspecified protein-calorie malnutrition|कुपोषण|
E50.9|Vitamin A deficiency, unspecified|विटामिन ए की कमी|
E51.9|Thiamine deficiency, unspecified||B1 deficiency
E52|Niacin deficiency [pellagra]||pellagra
E54|Ascorbic acid deficiency||scurvy, vitamin C deficiency
E55.0|Rickets, active|सूखा रोग (रिकेट्स)|rickets
E56.9|Vitamin deficiency, unspecified|विटामिन की कमी|
E58|Dietary calcium deficiency|कैल्शियम की कमी|
E60|Dietary zinc deficiency||
E61.1|Iron deficiency|आयरन की कमी|
E63.9|Nutritional deficiency, unspecified||
E66.01|Morbid (severe) obesity due to excess calories||
E66.3|Overweight|अधिक वज़न|
E70.0|Classical phenylketonuria||PKU
E72.20|Disorder of urea cycle metabolism, unspecified||
E73.9|Lactose intolerance, unspecified|दूध न पचना|
E75.22|Gaucher disease||
E78.1|Pure hyperglyceridemia||high triglycerides
E80.6|Other disorders of bilirubin metabolism||
E80.4|Gilbert syndrome||
E83.01|Wilson's disease||
E83.110|Hereditary hemochromatosis||
E83.42|Hypomagnesemia||low magnesium
E83.51|Hypocalcemia||low calcium
E83.52|Hypercalcemia||high calcium
E84.9|Cystic fibrosis, unspecified||
E85.9|Amyloidosis, unspecified||
E86.1|Hypovolemia||
E87.0|Hyperosmolality and hypernatremia||high sodium
E87.20|Acidosis, unspecified||metabolic acidosis
E87.5|Hyperkalemia|पोटैशियम बढ़ना|high potassium
E87.70|Fluid overload, unspecified||
E88.810|Metabolic syndrome||
E89.0|Postprocedural hypothyroidism||
`
