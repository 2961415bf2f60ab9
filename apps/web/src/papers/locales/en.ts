const words = {
  title: 'Signed papers',
  about:
    'Consent and other papers that were signed here, scanned. They are the hospital’s and locked up by its computer. No report or result: those go to the doctor, who seals them so that nobody at the desk can read them.',
  kinds: {
    treatment: 'Consent to treatment',
    procedure: 'Consent to a procedure',
    privacy: 'How data are used',
    representative: 'Who may act for the patient',
    other: 'Another paper',
  },
  none: 'Nothing was scanned yet.',
  open: 'Look at it',
  addedBy: 'scanned by {{name}}',
  neverRead: 'nobody has looked at it',
  lastRead_one: 'looked at by {{name}}, {{at}}',
  lastRead_other: 'looked at {{count}} times, last by {{name}}, {{at}}',
  watched: 'That you looked at a paper is written down, and the patient sees it.',
  add: 'Scan a paper',
  adding: {
    title: 'Scan a paper that was signed',
    kind: 'What was signed',
    kindMissing: 'Choose what was signed.',
    file: 'The scan',
    fileHint: 'PDF, PNG or JPEG, at most {{size}}. A photo from a phone is made smaller by itself.',
    choose: 'Choose a file or take a photo',
    other: 'Choose another',
    fileMissing: 'Choose the scan.',
    wrongType:
      '“{{name}}” is neither PDF, PNG nor JPEG by its content. Scan the paper again as one of these.',
    tooLarge: '“{{name}}” has {{size}}: at most {{most}} is kept. Scan it with fewer colours or pages.',
    notClinical: 'Only what was signed: staff can look at this.',
    keep: 'Keep the paper',
    cancel: 'Do not keep it',
    progress: 'How much of it is sent',
    states: {
      running: 'Sent: {{percent}}',
      stopped: 'Stopped at {{percent}}. Sent again, it begins anew; the paper is kept once.',
      failed: 'Interrupted at {{percent}}. Sent again, it begins anew; the paper is kept once.',
    },
    stop: 'Stop',
    again: 'Send it again',
  },
  removing: {
    start: 'Delete',
    title: 'Delete this paper?',
    text: '“{{kind}}” is deleted for good: from then on the hospital cannot show that it was signed. Only for a scan of the wrong paper or person. That you deleted it is written down.',
    keep: 'Keep it',
    now: 'Delete it',
    notYours: 'Whoever scanned it can delete it within a day; after that an administrator.',
  },
} as const

export default words
