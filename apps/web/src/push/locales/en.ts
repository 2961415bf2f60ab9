const words = {
  title: 'Notifications',
  text: 'How you are told that somebody asks, or that something waits for you.',
  ways: { sms: 'By text message', email: 'By e-mail' },
  language: 'Language of messages',
  hospitals: 'The hospital’s',
  always: 'Codes, emergencies and what concerns your account’s safety are sent whatever you choose.',
  device: {
    on: 'Notifications are on here',
    off: 'Notifications are off here',
    says: 'The notification says only that something waits: not what, and not from whom.',
    switchOn: 'Notify me here',
    switchOff: 'Stop',
    unsupported: 'This browser cannot be woken. On an iPhone, add Curo to the home screen first.',
    'not-ready': 'Not ready yet: reload the page, and look here again.',
    denied:
      'Notifications of this site are forbidden in this browser. Allow them in its settings, then look here again.',
    notAllowed: 'The browser did not allow it. Allow notifications of this site in its settings.',
    otherService:
      'This hospital does not send to this browser’s push service. Text messages reach you all the same.',
    noService:
      'The browser’s push service does not answer. Check your connection and try again; text messages reach you all the same.',
  },
} as const

export default words
