const words = {
  title: 'Invented people',
  notTraining:
    'This is not a training hospital, so nobody can be invented here. To learn and to try things out, make one: npm run curo -- init --training.',
  intro:
    'Doctors, clerks and patients of all ages with their charts, pictures and scans are invented in this browser and registered through the front door, with keys of their own. Nobody of them exists.',
  form: {
    patients: 'How many patients',
    patientsHint: 'From 1 to {{most}}. Twelve have about 2,700 records and take a minute or two.',
    more: 'How many patients there are to be',
    moreHint: 'From {{least}} to {{most}}, with those who are there.',
    seed: 'Seed',
    seedHint: 'Another word, other people. It cannot be changed later.',
    password: 'Password of the invented people',
    passwordHint:
      'Invented people are here already, made on the command line or in another browser. Their cards stay there; patients without a card here are left as they are.',
    badCount: 'Enter a whole number from {{least}} to {{most}}.',
    badSeed: 'Enter a word of at most 64 characters.',
    noPassword: 'Enter the password that was kept with their cards.',
    wrongPassword: 'This is not the password of the invented people.',
    start: 'Invent them',
    add: 'Invent more',
  },
  progress: {
    title: 'Inventing people',
    hiring: 'Doctors and clerks are being hired…',
    patients: '{{patients}} of {{of}} patients',
    records: '{{done}} of {{all}} records',
    stay: 'You may look at other pages meanwhile. Keep this window open; the page does not lock itself while this comes forward.',
    stop: 'Stop',
    elsewhere: 'Another window of this browser is inventing people.',
  },
  stopped: {
    title: 'Stopped at {{patients}} of {{of}} patients',
    text: 'What is done stays done: it goes on where it stopped, and nothing is done twice.',
    goOn: 'Go on',
  },
  failed: 'It could not go on',
  network: 'It goes on by itself as soon as there is a network again.',
  done: {
    title_one: '{{count}} invented patient is here',
    title_other: '{{count}} invented patients are here',
    records: 'Their charts have {{records}} records.',
    away_one:
      '{{names}} can no longer be signed in as with the first password: what is written by this person is left out, and made up for when you invent more and that password works again.',
    away_other:
      '{{names}} can no longer be signed in as with the first password: what is written by them is left out, and made up for when you invent more and that password works again.',
    signIn: 'Sign in as one of the people below, in another browser or a private window.',
    cards: 'Cards of {{cards}} of them lie in this browser; the others were registered elsewhere.',
  },
  keep: {
    title: 'Password and cards',
    text: 'One password for everybody who is invented. It lies with the cards in this browser, sealed with your keys; keep the file too, because a card cannot be made again.',
    save: 'Save password and cards',
    apps: 'No patient has an app yet. With a card from the file anyone can activate one under “Activate your card”; the code that is asked for lies in the outbox on the hospital’s computer, because a training hospital sends nothing.',
  },
  people: {
    title: 'Who can sign in',
    name: 'Name',
    role: 'Role',
    contact: 'Telephone number',
    waits: 'waits for your approval',
  },
} as const

export default words
