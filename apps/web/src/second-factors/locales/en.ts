const words = {
  title: 'Authenticator app',
  text: 'Signing in then asks for a code from your telephone as well, so that a password that somebody saw is not enough.',
  inUse: 'Codes are asked for',
  notInUse: 'No codes are asked for',
  required: 'This hospital asks for it',
  since: 'Set up on {{when}}',
  why: 'Any app that makes six-digit codes will do, such as Aegis, 2FAS or Google Authenticator.',
  enrolled:
    'From now on signing in asks for a code of this app. If the telephone is lost, your recovery kit lets you in again.',
  removed: 'Signing in no longer asks for a code.',
  cancel: 'Cancel',
  code: {
    incomplete: 'The code has six digits.',
    refused: 'This code is not right, or it was used already. Wait for the next one.',
  },
  enrol: {
    open: 'Set up',
    scan: 'Open the authenticator app on your telephone, add an account there, and point the camera at this code.',
    qr: 'Code to scan with the authenticator app',
    orType: 'No camera? Type this key into the app:',
    secret: 'Key for the authenticator app',
    copy: 'Copy the key',
    copied: 'Copied',
    code: 'Code that the app shows now',
    codeHint: 'It shows that the key arrived. Nothing changes before.',
    confirm: 'Use this app',
  },
  remove: {
    open: 'Remove',
    title: 'Stop asking for codes?',
    text: 'Your password alone, or a passkey, is then enough to sign in.',
    last: 'This hospital asks for a second step: you have to set up another one before you can go on.',
    code: 'One last code of the app',
    confirm: 'Stop asking',
  },
  setUp: {
    title: 'One step is missing',
    text: 'This hospital asks everybody who works here for a second step beside the password. Set one up now; it takes a minute, and then you can go on.',
    either: 'One of the two is enough.',
  },
} as const

export default words
