const words = {
  title: 'Help',
  onThisPage: 'On this page',
  guarantees: 'What Curo guarantees, and what it cannot',
  guaranteesHint: 'Who can see what, in plain words.',
  more: 'Still stuck? Ask at the desk of {{hospital}}. Nobody there needs your password, your code or your card’s secret; give them to nobody.',
  patient: {
    intro: 'Your records are yours. This page says how to keep them, show them, and see who looked.',
    begin: {
      title: 'Make your record your own',
      steps:
        'Get your card at the desk and open this site on your telephone.\nChoose “Register”, then “I have a card”, and scan the back of the card.\nEnter the code that was sent to your telephone, and choose a password.\nPrint the recovery kit and keep it at home, away from the card.',
      note: 'From then on new keys, made on your device, take the place of those that the desk’s computer made.',
    },
    asked: {
      title: 'When a doctor asks',
      steps:
        'At the hospital: hand over the card. A message on your telephone says who asks, what for and until when. Read its six digits out only if you agree.\nFrom afar: the question stands on your start page. Look at it, take away what you do not want to show, then allow or refuse it.\nA question that you do not answer lapses by itself.',
      note: 'No code, no yes: nothing opens. Nobody will ever ask you for a code by telephone.',
    },
    sharing: {
      title: 'Allow a doctor yourself, and take it back',
      steps:
        'Open “Sharing” and choose “Allow a doctor”.\nSay what, until when, and how often.\nTo end it, choose “Take back” beside the doctor’s name.',
      note: 'Taking back stops the very next opening. What the doctor has read already cannot be unread. A doctor who needs a permission no longer can give it back: it then stands under “Before”, with the day.',
    },
    looked: {
      title: 'See who looked',
      steps:
        'Open “Who looked”: every opening stands there, with the name, the day and a proof.\nChoose “Check now”: your own browser recounts every line about you and compares them with what the hospital has signed.\nIf something is missing or altered, save the report and show it to the hospital.',
      note: 'A look that you do not understand? Ask the hospital; it has to answer.',
    },
    card: {
      title: 'Lost your card?',
      steps:
        'Open “Card” and choose “I have lost it”, or call the desk. The card opens nothing from that moment.\nMake a new card in the app and print it, or get one at the desk.',
      note: 'Your app, your records and your permissions stay as they are.',
    },
    access: {
      title: 'Forgotten password, new telephone',
      steps:
        'On the sign-in page choose to recover the account.\nWith the recovery kit: give its code and the code sent to your telephone, then choose a new password.\nWithout the kit: two of your three guardians help, and a day passes during which you can refuse.',
      note: 'The hospital cannot reset your password: it does not have your keys. So print the kit today.',
    },
    offline: {
      title: 'Without a network',
      steps:
        'Install the app from your browser’s menu (“Install” or “Add to home screen”).\nWhat you have opened stays readable on this device, sealed. What is new comes when the network is back.',
      note: 'After 15 minutes without a touch the page locks itself; your password opens it again.',
    },
  },
  doctor: {
    intro: 'From the card to the chart in under a minute, all of it from the keyboard if you like.',
    open: {
      title: 'Open a chart with the card',
      steps:
        'Choose “Scan a card” on “Today” (its key stands beside it) and hold the back of the card before the camera, or type its number.\nChoose what you need, what for and how long. Ask for no more than you need: the patient reads it.\nEnter the six digits that she reads out from her telephone.',
      note: 'Each opening is written down before anything is shown, and the patient sees it with your name.',
    },
    app: {
      title: 'Without the card',
      steps:
        'Ask from the patient’s page: the question goes to her app.\nThe page goes on by itself as soon as she answers.\nPatients who allowed you in their app stand on “Today”.',
      note: 'What you asked for, and what was answered, stands under “My requests”.',
    },
    read: {
      title: 'Read the chart',
      steps:
        'Summary: allergies, problems, medicines, last vitals and results on one screen.\nTimeline: everything, newest first; filter it, or search inside it.\nTrends: vitals and results as curves, with the reference range.',
      note: 'A record that was altered after it was sealed is never shown as good. Do not rely on it; tell the hospital.',
    },
    write: {
      title: 'Write a consultation',
      steps:
        'Begin it from the open chart. What you write is kept as a sealed draft while you type.\nChoose the diagnosis by word or ICD-10 code, and the medicines with dose, frequency and duration.\nSign it. From then on it is locked; what is to be added comes as an addendum.',
      note: 'If the connection is lost the draft stays; go on when it is back.',
    },
    closed: {
      title: 'When a chart closes',
      steps:
        'The permission has ended, the patient took it back, or you gave it back: the page says which.\nWhat is on the screen is removed. What you wrote and signed stays hers, and under your name.\nAsk again if you still need it.',
      note: 'End the visit yourself when you are done: the keys leave your computer with it. A permission that you need no longer you can give back under “Requests”.',
    },
    emergency: {
      title: 'In an emergency',
      steps:
        'Only with the card in hand, and when the patient cannot answer.\nGive the reason and ask a second doctor to confirm, in a session of his or her own, within 15 minutes.\nFor one hour the emergency summary opens, and nothing else.',
      note: 'The patient and her guardians are told at once, with both names. The hospital reviews every case.',
    },
  },
  staff: {
    intro:
      'You register, find and help patients. You see no medical record, and no screen here would show you one.',
    find: {
      title: 'Find a patient',
      steps:
        'Type a name, telephone number, date of birth or card number, or scan the card.\nOpen the patient to see and correct what the desk knows: name, address, telephone.',
      note: 'When a telephone number changes, the old number is told, too. Ask for a paper that proves the person.',
    },
    register: {
      title: 'Register a patient and hand over the card',
      steps:
        'Look for the patient first. The form shows people who look alike.\nFill in the form; codes will go to the telephone number, so let the patient read it back to you.\nPrint the card and the recovery code, and hand over both.',
      note: 'Card and recovery code are shown this one time only: the hospital keeps neither. Destroy misprints.',
    },
    lost: {
      title: 'A lost card',
      steps:
        'Find the patient and choose “Block this card”. It opens nothing from that moment, anywhere.\nThe patient makes the new card in her app, and prints it there or here.',
      note: 'Without the app: the recovery kit and a code to her telephone bring the app back first.',
    },
    papers: {
      title: 'Consent papers',
      steps:
        'Photograph or scan the signed paper and add it to the patient’s page.\nThe patient sees it in her app, and each time somebody reads it.\nThe wrong paper? Delete it within a day; later an administrator can.',
      note: 'Only what the patient signed belongs here. Reports and results are records: a doctor adds them, or the patient.',
    },
  },
  admin: {
    intro: 'You let people in, and you see that the system is well. You cannot open records either.',
    approvals: {
      title: 'Let people in',
      steps:
        'Open “Approvals”: doctors and staff who registered wait there with their documents.\nCompare the documents with the register of the profession, then approve or refuse with a reason.',
      note: 'An approved doctor stands in the ledger from then on; patients see that her key is registered.',
    },
    people: {
      title: 'People and roles',
      steps:
        'Open “People” to find an account.\nSuspend it when somebody leaves: her sessions end at once. What she wrote stays.\nNobody can change her own role, and one administrator always remains.',
      note: 'Have at least two administrators, each with a second factor.',
    },
    hospital: {
      title: 'The hospital',
      steps:
        'Name, logo, departments and facilities stand on the letterhead, the card and in messages.\nTime zone, currency and languages hold for everybody who has not chosen otherwise.',
      note: 'If a colleague changed the same page meanwhile, you are told before anything is overwritten.',
    },
    storage: {
      title: 'Storage',
      steps:
        '“Storage” draws where the sealed pieces lie and how each store is.\nAny two of the six may fail without the loss of a byte. “Check and repair” reads all pieces and rebuilds lost ones.',
      note: 'A red store needs an answer today: with three lost, records are.',
    },
    ledger: {
      title: 'Ledger and activity',
      steps:
        '“Ledger” shows its size, the signed state, and who cosigned it; “Check now” recounts it in your browser.\n“Activity” shows who did what, and the problems; filter it and save it for an inspection.',
      note: 'If the ledger is said to show two histories, stop and get help: see the operator’s manual.',
    },
    training: {
      title: 'To learn and to try things out',
      steps:
        'A training hospital is a hospital of its own, made for learning: nothing in it is real.\nOn its overview, press “Invent people” and say how many patients; stop it and go on whenever you like.\nKeep the file with the password and the cards, and sign in as the people that are listed.',
      note: 'In a real hospital nobody can be invented.',
    },
  },
  auditor: {
    intro:
      'You check that records are still there and that the ledger was never rewritten. You see no patient and no record.',
    ledger: {
      title: 'Check the ledger',
      steps:
        'Note its size and signed root, and compare them with what you noted last time.\nLook who cosigned it: cosigners sign only what extends what they have seen.\nFetch the public ledger and recount it with the command line: it needs no trust in this page.',
      note: 'Two signed states that do not extend each other are a proof. Keep both.',
    },
    storage: {
      title: 'Check the storage',
      steps:
        'Ask for random pieces of random records: their hashes must lead to the root in the ledger.\nA store that cannot answer has lost or altered what it was given.',
      note: 'The pieces are sealed; reading them tells you nothing about anybody.',
    },
  },
  promise: {
    intro:
      'Software asks for trust too easily. Here is what Curo holds to, by what means, and where it ends. You need to believe none of it blindly: much of it your own device checks.',
    guarantees: {
      title: 'What Curo guarantees',
      sealed: {
        title: 'No computer of the hospital can read your records',
        text: 'Each record is sealed on the device of whoever writes it. The hospital and its clouds keep sealed pieces. The keys are with you, and with the doctors you allow.',
      },
      written: {
        title: 'Nobody looks without leaving a line',
        text: 'To open a record, a person’s key is not enough: the hospital has to take a step of its own, and it writes the opening down before it does.',
      },
      yours: {
        title: 'You say who, what, why and until when',
        text: 'With the card and a code sent to your telephone, or in your app. A doctor who may see your laboratory results cannot open the rest.',
      },
      back: {
        title: 'Taking back works at once',
        text: 'The very next opening is refused. What is written later has new keys, which that doctor never gets. A permission that a doctor gives back opens nothing more either.',
      },
      ledger: {
        title: 'The past cannot be rewritten unnoticed',
        text: 'The lines about you are counted and chained, and other hospitals sign what they have seen. “Check now” under “Who looked” recounts them on your own device.',
      },
      altered: {
        title: 'A change is noticed',
        text: 'Every record is signed by its writer. If a single letter is altered it is shown as altered, and the rest still opens.',
      },
      lost: {
        title: 'A lost store loses nothing',
        text: 'Pieces lie in six stores; any two may burn down. Random checks ask whether all pieces are still there.',
      },
      card: {
        title: 'A found or photographed card opens nothing',
        text: 'It takes the card and a code sent to your telephone. You can block it at any time.',
      },
      password: {
        title: 'Your password never leaves your device',
        text: 'Not even while you sign in. The hospital can check it without ever having seen it.',
      },
      quiet: {
        title: 'Nobody else is told that you are here',
        text: 'This site asks no other site for anything. A notification to your telephone says only that something waits.',
      },
    },
    cannot: {
      title: 'What Curo cannot do',
      forget: {
        title: 'Make a doctor forget',
        text: 'Whoever was allowed to read may remember it, copy it or photograph the screen. You can see that she looked.',
      },
      collude: {
        title: 'Catch a hospital and a doctor who conspire',
        text: 'If the hospital’s computer helps a doctor whom you have allowed without writing it down, no line shows it. A hospital alone, or a doctor alone, cannot.',
      },
      withhold: {
        title: 'Make a hospital give something out',
        text: 'It can withhold records. That it does, you can prove.',
      },
      both: {
        title: 'Protect you from somebody with your card and your telephone',
        text: 'Or with your unlocked device. Keep the two apart, and block the card when it is gone.',
      },
      known: {
        title: 'Hide from a hospital that you are its patient',
        text: 'It knows your name, address and telephone, your appointments and bills, and how large your records are and when they were written.',
      },
      desk: {
        title: 'Undo what the desk’s computer saw when you registered',
        text: 'It made your first keys. Activating your app replaces them, so do it soon.',
      },
      page: {
        title: 'Vouch for a page that somebody else has written',
        text: 'This page comes from the hospital’s computer. Who controls that could send you another program, which sees what you type. The installed app makes that harder, not impossible.',
      },
      everything: {
        title: 'Bring back what only you could open',
        text: 'When password, recovery kit and guardians are all lost, nobody can open your records. That is the price of nobody else having the keys.',
      },
    },
    emergency: {
      title: 'And in an emergency?',
      text: 'When you cannot answer, two doctors together can open your emergency summary (allergies, problems, medicines) for one hour, with your card in hand. You and your guardians are told at once, with both names, and the hospital has to review it within 72 hours.',
    },
    sees: {
      title: 'Who sees what',
      sees: 'Sees',
      never: 'Never sees',
      desk: {
        title: 'Staff at the desk, administrators',
        sees: 'Name, date of birth, address, telephone, card number, and the consent papers you signed',
        never: 'Any medical record',
      },
      cloud: {
        title: 'A cloud where pieces lie',
        sees: 'Sealed pieces, their sizes and times',
        never: 'What is in them, or whose they are',
      },
      hospitals: {
        title: 'Other hospitals of the network',
        sees: 'How many lines a ledger has, and when they came',
        never: 'Whom they are about',
      },
      thief: {
        title: 'A thief with your card',
        sees: 'What is printed on it, and that there are entries',
        never: 'A record, without your telephone',
      },
      doctor: {
        title: 'A doctor whom you once allowed',
        sees: 'What you allowed, while you allowed it',
        never: 'Anything else, or anything later',
      },
    },
    details: 'The threat model in the project’s documents says the same for engineers, with the means.',
  },
} as const

export default words
