import type { Language } from '@curo/contract/shapes'
import { CuroError } from '@curo/crypto/errors'
import { inLanguage, type Localised, type TemplateValues } from './languages.ts'

type Template = {
  /** With `{name}` where a value goes; every name must be given. `{hospital}` always is. */
  readonly subject: Localised
  readonly text: Localised
  /** After this nobody wants the message any more. */
  readonly usefulMinutes: number
}

const DAY = 24 * 60
const REGISTRATION: Localised = {
  en: 'Your registration at {hospital}',
  hi: '{hospital} में आपका पंजीकरण',
}

/** What Curo writes to people. A message says nothing clinical: telephones are read by others. */
export const TEMPLATES: Readonly<Record<string, Template>> = {
  'activation-otp': {
    subject: { en: 'Your code for the Curo app', hi: 'Curo ऐप के लिए आपका कोड' },
    text: {
      en: '{code} is your code to activate the Curo app of {hospital}. It is good for a few minutes. Give it to nobody, not even to the hospital.',
      hi: '{code} — {hospital} का Curo ऐप चालू करने का आपका कोड। यह कुछ ही मिनट चलेगा। इसे किसी को न बताएँ, अस्पताल को भी नहीं।',
    },
    usefulMinutes: 5,
  },
  'consent-otp': {
    subject: {
      en: 'Code for a doctor to open your records',
      hi: 'डॉक्टर को आपके रिकॉर्ड खोलने देने का कोड',
    },
    text: {
      en: '{code} lets {doctor} at {hospital} open {scope}, until {end}. Tell the code only if you want this.',
      hi: '{code} — इस कोड से {hospital} में {doctor} आपके रिकॉर्ड ({scope}) {end} तक खोल सकेंगे। कोड तभी बताएँ जब आप ऐसा चाहें।',
    },
    usefulMinutes: 5,
  },
  'emergency-opened': {
    subject: {
      en: 'Your emergency summary was opened',
      hi: 'आपका आपातकालीन सारांश खोला गया',
    },
    text: {
      en: 'In an emergency, {doctor} and {second} at {hospital} opened your emergency summary on {at}, for one hour. It is written in the ledger and will be reviewed within 72 hours. If this was not an emergency, tell the hospital.',
      hi: 'आपात स्थिति में {hospital} के {doctor} और {second} ने {at} को एक घंटे के लिए आपका आपातकालीन सारांश खोला। यह खाता-बही में दर्ज है और 72 घंटे के भीतर इसकी जाँच होगी। यदि कोई आपात स्थिति नहीं थी, तो अस्पताल को बताएँ।',
    },
    usefulMinutes: 7 * DAY,
  },
  'recovery-otp': {
    subject: {
      en: 'Your code to recover your Curo account',
      hi: 'आपका Curo खाता वापस पाने का कोड',
    },
    text: {
      en: '{code} is your code to open your Curo account at {hospital} again, with {means}. Give it to nobody. If you did not ask for it, somebody tries to get into your account: call the hospital.',
      hi: '{code} — {hospital} में अपना Curo खाता {means} से फिर खोलने का आपका कोड। इसे किसी को न बताएँ। यदि आपने यह नहीं माँगा, तो कोई आपके खाते में घुसने की कोशिश कर रहा है: अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 5,
  },
  'account-recovered': {
    subject: {
      en: 'Your Curo account has a new password',
      hi: 'आपके Curo खाते का पासवर्ड बदल गया है',
    },
    text: {
      en: 'On {at} your Curo account at {hospital} was opened with {means} and got a new password. Every device was signed out, and second factors and passkeys were removed. If this was not you, call the hospital at once.',
      hi: '{at} को {hospital} में आपका Curo खाता {means} से खोला गया और उसका नया पासवर्ड बना। सभी डिवाइस साइन आउट कर दिए गए, और दूसरे चरण की जाँच व पासकी हटा दी गईं। यदि यह आपने नहीं किया, तो तुरंत अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'account-changed': {
    subject: { en: 'Your Curo account was changed', hi: 'आपके Curo खाते में बदलाव हुआ' },
    text: {
      en: 'Your Curo account at {hospital}, on {at}: {change}. If this was not you, sign out everywhere and call the hospital at once.',
      hi: '{hospital} में आपका Curo खाता, {at}: {change}। यदि यह आपने नहीं किया, तो सब जगह से साइन आउट करें और तुरंत अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'second-factor-refused': {
    subject: { en: 'Somebody knows your Curo password', hi: 'किसी को आपका Curo पासवर्ड पता है' },
    text: {
      en: 'On {at} somebody tried to sign in to your Curo account at {hospital} with the right password and five wrong codes, and was refused. If this was not you, change your password.',
      hi: '{at} को किसी ने सही पासवर्ड और पाँच ग़लत कोड डालकर {hospital} में आपके Curo खाते में साइन इन करने की कोशिश की और उसे रोक दिया गया। यदि यह आप नहीं थे, तो अपना पासवर्ड बदल दें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'guardian-named': {
    subject: { en: 'You are a guardian now', hi: 'आप अब संरक्षक हैं' },
    text: {
      en: '{owner} has named you as one of three guardians of a Curo account at {hospital}. If {owner} ever loses access, two of you can give it back. You cannot see any records.',
      hi: '{owner} ने आपको {hospital} में अपने Curo खाते के तीन संरक्षकों में से एक चुना है। यदि {owner} कभी खाता न खोल पाएँ, तो आप में से कोई दो उसे वापस दिला सकते हैं। आप कोई रिकॉर्ड नहीं देख सकते।',
    },
    usefulMinutes: 7 * DAY,
  },
  'guardian-asked': {
    subject: { en: 'Your help is asked for', hi: 'आपकी मदद चाहिए' },
    text: {
      en: '{owner} asks you, as a guardian, to help open a Curo account at {hospital} again. First call {owner} on a number you know, and compare the number that Curo shows you both. Help only if it is the same.',
      hi: '{owner} ने संरक्षक के रूप में आपसे {hospital} का अपना Curo खाता फिर खोलने में मदद माँगी है। पहले {owner} को अपने पास मौजूद नंबर पर फ़ोन करें और Curo में आप दोनों को दिख रही संख्या मिलाएँ। संख्या एक जैसी हो तभी मदद करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'recovery-asked': {
    subject: {
      en: 'Your guardians were asked to open your account',
      hi: 'आपका खाता खोलने के लिए संरक्षकों से कहा गया',
    },
    text: {
      en: 'Your guardians were asked to open your Curo account at {hospital}. From {at} two of them can. If it was not you who asked, refuse it now: {link}',
      hi: 'आपके संरक्षकों से {hospital} में आपका Curo खाता खोलने के लिए कहा गया है। {at} से उनमें से कोई दो इसे खोल सकेंगे। यदि यह आपने नहीं माँगा, तो इसे अभी रोकें: {link}',
    },
    usefulMinutes: 7 * DAY,
  },
  'recovery-refused': {
    subject: { en: 'An attempt to open your account was refused', hi: 'आपका खाता खोलने की कोशिश रोक दी गई' },
    text: {
      en: 'On {at} the request to your guardians to open your Curo account at {hospital} was refused. Nothing was opened. If you did not refuse it yourself, call the hospital.',
      hi: '{at} को {hospital} में आपका Curo खाता खोलने के लिए संरक्षकों से किया गया अनुरोध रोक दिया गया। कुछ भी नहीं खुला। यदि इसे आपने नहीं रोका, तो अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'emergency-of-ward': {
    subject: {
      en: 'An emergency of somebody who trusts you',
      hi: 'आप पर भरोसा करने वाले किसी व्यक्ति की आपात स्थिति',
    },
    text: {
      en: '{patient} has named you as a guardian. In an emergency, {doctor} and {second} at {hospital} opened the emergency summary of {patient} on {at}. Call the hospital to learn more.',
      hi: '{patient} ने आपको संरक्षक बनाया है। आपात स्थिति में {hospital} के {doctor} और {second} ने {at} को {patient} का आपातकालीन सारांश खोला। अधिक जानने के लिए अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'phone-changed': {
    subject: { en: 'Your telephone number was changed', hi: 'आपका फ़ोन नंबर बदला गया' },
    text: {
      en: '{hospital} has another telephone number for you now. Codes go there, no longer here. If you did not ask for this, call the hospital at once.',
      hi: '{hospital} के पास अब आपका दूसरा फ़ोन नंबर दर्ज है। कोड अब वहीं जाएँगे, यहाँ नहीं। यदि आपने इसके लिए नहीं कहा था, तो तुरंत अस्पताल को फ़ोन करें।',
    },
    usefulMinutes: 7 * DAY,
  },
  'account-approved': {
    subject: REGISTRATION,
    text: {
      en: '{hospital} has approved your registration. You can sign in and begin.',
      hi: '{hospital} ने आपका पंजीकरण स्वीकार कर लिया है। अब आप साइन इन करके काम शुरू कर सकते हैं।',
    },
    usefulMinutes: 7 * DAY,
  },
  'account-refused': {
    subject: REGISTRATION,
    text: {
      en: '{hospital} has not approved your registration. The reason: {reason}',
      hi: '{hospital} ने आपका पंजीकरण स्वीकार नहीं किया। कारण: {reason}',
    },
    usefulMinutes: 7 * DAY,
  },
  'account-suspended': {
    subject: { en: 'Your account at {hospital}', hi: '{hospital} में आपका खाता' },
    text: {
      en: '{hospital} has suspended your account. The reason: {reason}',
      hi: '{hospital} ने आपका खाता रोक दिया है। कारण: {reason}',
    },
    usefulMinutes: 7 * DAY,
  },
  'account-reinstated': {
    subject: { en: 'Your account at {hospital}', hi: '{hospital} में आपका खाता' },
    text: {
      en: '{hospital} has reinstated your account. You can sign in again.',
      hi: '{hospital} ने आपका खाता फिर से चालू कर दिया है। अब आप दोबारा साइन इन कर सकते हैं।',
    },
    usefulMinutes: 7 * DAY,
  },
}

export type RenderedMessage = {
  readonly subject: string
  readonly text: string
  readonly usefulMinutes: number
}

/**
 * Fills a template, in one language.
 * @throws CuroError 'internal' for a template that does not exist or a value that is missing
 */
export function renderTemplate(
  name: string,
  values: TemplateValues,
  reader: { language: Language; timeZone: string },
): RenderedMessage {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined
  if (!template) throw new CuroError('internal', `There is no message template ${name}.`)
  const fill = (text: Localised) =>
    text[reader.language].replace(/\{([a-z]+)\}/g, (_, key: string) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined
      if (value === undefined) throw new CuroError('internal', `The message ${name} needs a value ${key}.`)
      return oneLine(inLanguage(value, reader))
    })
  return { subject: fill(template.subject), text: fill(template.text), usefulMinutes: template.usefulMinutes }
}

/** A name that somebody typed must not be able to add lines, or headers, to a message. */
function oneLine(value: string): string {
  return value.replace(/\p{C}+|\s+/gu, ' ').trim()
}
