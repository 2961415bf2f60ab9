import { encodeCard } from '@curo/crypto/card'
import type { CardDetails } from '../card-details.ts'
import type { CardToDraw } from '../card-drawing.ts'

const HOME_NODE = 'https://asha-hospital.example'
const CARD_NUMBER = '8123456789012340'

function bytes(length: number, from: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (from + i * 37) % 256)
}

/** The address of an invented card. */
export function sampleAddress({ cardNumber = CARD_NUMBER, homeNode = HOME_NODE } = {}): string {
  return encodeCard({
    homeNode,
    cardNumber,
    cardSecret: bytes(32, 7),
    lookupKey: bytes(32, 91),
    lookupEpoch: 3,
    fingerprint: bytes(16, 200),
  })
}

export const sampleDetails: CardDetails = {
  name: 'Meera Kulkarni',
  birthDate: '1984-03-12',
  address: ['14, Shanti Apartments, Lake Road', 'Pune', 'Maharashtra 411001, India'],
  cardNumber: CARD_NUMBER,
  hospital: { name: 'Asha General Hospital', phone: '+91 20 5550 0100' },
  homeNode: HOME_NODE,
}

export function sampleCard({
  language = 'en',
  ...details
}: Partial<CardDetails> & { language?: CardToDraw['language'] } = {}): CardToDraw {
  return { details: { ...sampleDetails, ...details }, address: sampleAddress(), language }
}

export function hindiCard(): CardToDraw {
  return sampleCard({
    language: 'hi',
    ...HINDI_DETAILS,
  })
}

const HINDI_DETAILS = {
  name: 'श्रीमती लक्ष्मी क्षत्रिय',
  address: ['१४, शान्ति अपार्टमेंट, झील मार्ग', 'लखनऊ', 'उत्तर प्रदेश 226001'],
  hospital: { name: 'आशा सामान्य चिकित्सालय', phone: '+91 20 5550 0100' },
}

/** Cards of people whose names and addresses try the layout, by a word for each. */
export const awkwardCards: Record<string, Partial<CardDetails>> = {
  hindi: HINDI_DETAILS,
  long: {
    name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(2800),
    address: ['Flat 1204, Tower C, Prestige Lakeside Habitat, Whitefield Main Road, '.repeat(30)],
    hospital: {
      name: 'Shri Vishwanath Memorial General and Maternity Hospital and Research Centre, South Campus',
    },
  },
  arabic: { name: 'فاطمة الزهراء بنت محمد', address: ['شارع الملك فهد ١٢', 'الرياض 11564'] },
  hebrew: { name: 'עדי כהן Cohen', address: ['רחוב הרצל 14, Tel Aviv'] },
  emoji: { name: 'Zoë 👩🏽‍⚕️ Nguyễn 🌻', address: ['🏠 Lake Road 14', '東京都千代田区 山田ビル 3階'] },
}
