import type { Translation } from '../../app/words-types.ts'
import type en from './en.ts'

const words: Translation<typeof en> = {
  title: 'अस्पताल',
  groups: {
    name: 'नाम',
    letterhead: 'लेटरहेड',
    facilities: 'केंद्र',
    departments: 'विभाग',
    region: 'क्षेत्र',
  },
  fields: {
    name: 'अस्पताल का नाम',
    facilities: 'केंद्र',
    departments: 'विभाग',
    lines: 'नाम के नीचे की पंक्तियाँ',
    linesHint: 'पता और जो पत्रों पर लिखा जाता है; अधिक से अधिक छह पंक्तियाँ',
    phone: 'फ़ोन',
    email: 'ईमेल',
    website: 'वेबसाइट',
    registrationNumber: 'पंजीकरण संख्या',
    timeZone: 'समय क्षेत्र',
    currency: 'मुद्रा',
    languages: 'भाषाएँ',
    languagesHint: 'पहली भाषा अस्पताल की अपनी है',
    countryPrefix: 'फ़ोन नंबरों का देश कोड',
  },
  places: {
    facility: 'केंद्र',
    department: 'विभाग',
    address: 'पता',
    phone: 'फ़ोन',
    where: 'कहाँ है',
    remove: '{{name}} हटाएँ',
    addFacility: 'केंद्र जोड़ें',
    addDepartment: 'विभाग जोड़ें',
  },
  logo: {
    label: 'प्रतीक-चिह्न',
    hint: 'PNG या JPEG, अधिक से अधिक 256 KiB',
    choose: 'चित्र चुनें',
    remove: 'हटाएँ',
  },
  problems: {
    nameMissing: 'अस्पताल का नाम लिखें।',
    tooManyLines: 'अधिक से अधिक छह पंक्तियाँ लिखें।',
    emailWrong: 'ईमेल जाँचें: वह name@example.org जैसा होता है।',
    websiteWrong: 'पूरा पता लिखें, जैसे https://hospital.example।',
    languagesMissing: 'कम से कम एक भाषा चुनें।',
    prefixWrong: 'देश का कोड +91 की तरह लिखें।',
  },
  conflict: 'इस बीच किसी और प्रशासक ने सहेज दिया। अपने बदलाव लिख लें, पृष्ठ दोबारा खोलें और फिर भरें।',
  saved: 'सहेज दिया गया। अब से सब यही देखेंगे।',
  save: 'सहेजें',
}

export default words
