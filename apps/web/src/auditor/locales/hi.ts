import type { Translation } from '../../app/words-types.ts'
import type en from './en.ts'

const words: Translation<typeof en> = {
  nav: { home: 'लेखा परीक्षा', ledger: 'बहीखाता', storage: 'भंडारण', activity: 'गतिविधि' },
  home: {
    greeting: 'स्वागत है, {{name}}',
    about:
      'जाँचें कि भंडार में हर रिकॉर्ड मौजूद है और बही कभी दोबारा नहीं लिखी गई। जाँच आपका ब्राउज़र करता है; अस्पताल के कहे भर पर वह भरोसा नहीं करता। आपको किसी मरीज़ की जानकारी नहीं दिखती।',
  },
}

export default words
