const words = {
  nav: {
    patients: 'Patients',
    register: 'Register a patient',
    appointments: 'Appointments',
    billing: 'Billing',
  },
  home: { title: 'Front desk' },
  register: { title: 'Register a patient', submit: 'Register and make the card' },
  patient: {
    loading: 'Patient',
    edit: 'Correct',
    editTitle: 'Correct the details of {{name}}',
    save: 'Save',
    changed: 'Somebody else has changed these details since you opened them. What you typed is still here.',
    showNewest: 'Show what stands there now',
    theirs:
      'Somebody else has saved the following meanwhile. Your own changes stand in the form; look at it, then save.',
    emptied: 'nothing',
    registered: 'Registered',
  },
  card: {
    title: 'Curo Card',
    block: 'Block this card',
    lostText: 'Lost or stolen? Blocked, it opens nothing any more, at once and everywhere.',
    againTitle: 'Damaged, or to be printed again?',
    again:
      'The hospital keeps no copy of a card. Whoever has the app prints the same card again there (Card → Print), also on the printer of this desk.',
    newTitle: 'How the patient gets a new card',
    newByApp:
      'With the app: Card → Make a new card. That works here at the desk too, and so does printing it.',
    newByKit:
      'Without the app: the recovery code and a code to the telephone bring the app back, and then a new card is made there.',
    newWithNothing:
      'With neither app nor recovery code the desk can make no card for the old history: no key to it is kept here. Register the patient anew; guardians who were named can still bring the app back.',
    oldTitle: 'What becomes of the records',
    old: 'They stay where they are, and none is lost. The app gives the new card its keys to them when the card is made; with the blocked card nothing opens any more.',
  },
  block: {
    title: 'Block the card of {{name}}?',
    text: 'Card {{number}} stops working now and for good: nobody finds the patient’s history with it any more. Doctors who were allowed in the app keep their permission. A blocked card cannot be unblocked; a new one is made.',
    reason: 'Why',
    reasons: { lost: 'Lost', stolen: 'Stolen', damaged: 'Damaged', other: 'Another reason' },
    keep: 'Keep it',
    now: 'Block it now',
  },
  handOver: {
    leaveTitle: 'Leave without handing over?',
    leaveText:
      'The card and the recovery code of {{name}} are shown this once. If they are not printed yet, nobody can print them later.',
    stay: 'Stay here',
    leave: 'Leave',
    papers: 'Scan what was signed',
    title: '{{name}} is registered',
    text: 'Card {{number}} is ready. Print both things now: they are shown this once, and the hospital keeps no copy.',
    notAttested:
      'The connection was lost at the end. The card works; its keys are confirmed when it is used for the first time.',
    card: 'The card',
    print: 'Print the card',
    kit: 'The recovery code',
    kitText:
      'To be kept at home, apart from the card. With it and a code to the telephone everything comes back if both card and app are lost.',
    handed: 'I handed over the card and the recovery code.',
    next: 'Next patient',
  },
} as const

export default words
