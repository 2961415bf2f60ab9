const words = {
  nav: {
    home: 'Home',
    records: 'Records',
    sharing: 'Sharing',
    looked: 'Who looked',
    card: 'Card',
    profile: 'Profile',
    recovery: 'If you lose access',
  },
  more_one: 'Show one more',
  more_other: 'Show {{count}} more',
  home: {
    greeting: 'Good to see you, {{name}}',
    waiting: 'Waiting for you',
    nothingTitle: 'Nothing waits for you',
    nothing:
      'When a doctor asks to read your records, the question stands here first. Nobody opens anything without your yes.',
    newest: 'Your newest records',
    noRecords: 'No records yet. What doctors write for you, and what you add, appears here.',
    lastLooks: 'Who looked lately',
    allLooks: 'All of them',
    noLooks: 'Nobody has looked at your records yet. When somebody does, you see it here.',
    card: 'Your card',
    showCard: 'Show the card',
    quick: 'What would you like to do?',
    seeRecords: 'See my records',
    addRecord: 'Add a paper or file',
    shareRecords: 'Allow a doctor',
    checkHistory: 'Check that nothing is missing',
  },
  records: {
    emptyTitle: 'No records yet',
    empty:
      'What doctors and laboratories write for you appears here by itself. Papers and pictures that you have at home, you can add.',
    fromDevice:
      'The hospital cannot be reached. This is what this device kept, as of {{at}}; what was added since is not here.',
  },
  add: {
    title: 'Add papers and files',
    about:
      'Each file is sealed on this device before it leaves it. The hospital keeps it and cannot read it; doctors see it only where you allow them to.',
    back: 'Back to my records',
  },
  sharing: {
    about: 'Nobody opens your records without your yes. Here you say it, narrow it, and take it back.',
    requests: 'Requests',
    noRequestsTitle: 'Nobody asks',
    noRequests:
      'When a doctor wants to read something, the question stands here: who, what, why and until when. A question that you do not answer lapses after a day.',
    answer: 'A doctor asks',
    gone: 'This request is not there any more: it was answered, or it has lapsed.',
    back: 'Back to sharing',
  },
  card: {
    about:
      'The card in a doctor’s hand, together with the code sent to your telephone, lets the doctor read what you allow. Without the code it opens nothing.',
    noneTitle: 'No card yet',
    none: 'Ask at the desk: the hospital prints you one.',
    bright: 'Show the back to the camera: full brightness, no glass in front of it, a hand’s width away.',
    print: 'Print the card',
    lost: 'I have lost it',
    notInAppTitle: 'This app has not seen your card yet',
    notInApp:
      'Scan your card once. From then on you can show it here, even if you have left it at home, and print it again.',
    scan: 'Scan my card',
    blockedTitle: 'Your card is blocked',
    blocked: 'It opens nothing any more, not even with a code. If you find it again, destroy it.',
    nextTitle: 'What happens next',
    next: 'You still reach everything in this app. Make a new card here and print it yourself, or ask at the desk for one. The new card has a new secret; your earlier records will open with it too.',
    makeNew: 'Make a new card',
    takingOver_one:
      'Your earlier records are being prepared for the new card: {{count}} so far. You can go on meanwhile.',
    takingOver_other:
      'Your earlier records are being prepared for the new card: {{count}} so far. You can go on meanwhile.',
    takenOver_one: '{{count}} earlier record opens with the new card now.',
    takenOver_other: '{{count}} earlier records open with the new card now.',
    notTakenOver_one: '{{count}} could not be opened here and was left as it is.',
    notTakenOver_other: '{{count}} could not be opened here and were left as they are.',
  },
  lost: {
    title: 'Have the card blocked?',
    text: 'The card {{number}} is blocked at once.',
    opensNothing: 'Whoever has it can open nothing with it, and find you with it nowhere.',
    appStays: 'Your app, your records and the permissions you gave here stay as they are.',
    forGood: 'This cannot be undone. You then make a new card here, or get one at the desk.',
    keep: 'Do not block it',
    block: 'Block the card',
  },
  profile: {
    about:
      'This is what the desk of {{hospital}} knows about you. Nothing medical is among it: staff at the desk cannot open your records.',
    hospital: 'At the hospital',
    papers: 'What you signed at the desk',
    noPapers: 'Nothing you signed was scanned.',
    aboutPapers:
      'These are the hospital’s papers, not part of your records. Its desk and administrators can look at them; each time is written down here.',
    account: 'Your account',
    signInWith: 'You sign in with',
    settings: 'Language, appearance, password, devices',
    name: 'Name',
    birthDate: 'Date of birth',
    sex: 'Sex',
    sexes: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Not said' },
    phone: 'Telephone for codes',
    email: 'E-mail',
    address: 'Address',
    language: 'Language',
    since: 'Registered since',
    none: 'Not known',
    correct:
      'Something is wrong or has changed? The desk corrects it: bring a paper that shows it. When your telephone number changes, both numbers are told.',
  },
  looked: {
    about:
      'Each opening is written into the hospital’s ledger before anything is shown. It cannot be taken out again without being noticed.',
    all: 'Every opening',
  },
} as const

export default words
