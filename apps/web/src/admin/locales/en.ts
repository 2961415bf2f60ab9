const words = {
  nav: {
    home: 'Overview',
    approvals: 'Approvals',
    people: 'People',
    ledger: 'Ledger',
    storage: 'Storage',
    activity: 'Activity',
    hospital: 'Hospital',
    emergencies: 'Emergencies',
  },
  copy: 'Copy',
  copied: 'Copied',
  setUp: {
    title: 'Set the hospital up',
    describe: 'Describe the hospital',
    describeText: 'Name, logo and letterhead, departments, facilities, time zone, currency and languages.',
    describeNow: 'Describe it now',
    people: 'Bring in the people who work here',
    peopleText:
      'Send them this address. Each registers with documents, and you approve them here under Approvals.',
    patients: 'Register the patients',
    patientsText:
      'The front desk does it: whoever has the role Staff registers a patient and prints the card.',
    training: 'Fill this training hospital with invented people',
    trainingText:
      'Doctors, clerks and patients of all ages with their charts, pictures and scans, to sign in as and to try things out with. Say how many; it shows how far it is, may be stopped, and goes on another time.',
    trainingNow: 'Invent people',
    real: 'This is a real hospital, so nobody can be invented in it. To learn and to try things out, make a training hospital: npm run curo -- init --training.',
  },
  home: {
    greeting: 'Welcome, {{name}}',
    waiting_one: '{{count}} person waits',
    waiting_other: '{{count}} people wait',
    entries_one: '{{count}} entry',
    entries_other: '{{count}} entries',
    buckets: '{{well}} of {{all}} buckets well',
    states: { well: 'All is well', look: 'Have a look', unknown: 'Being looked at' },
  },
} as const

export default words
