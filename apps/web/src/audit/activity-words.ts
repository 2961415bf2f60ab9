import { useWords } from '../app/words.ts'

export const ACTIVITY_KINDS = [
  'sign-in',
  'account',
  'patient',
  'card',
  'record',
  'opening',
  'consent-request',
  'consent',
  'emergency',
  'document',
  'paper',
  'hospital',
  'scrub',
] as const
const OUTCOMES = [
  'activated',
  'asked',
  'blocked',
  'changed',
  'corrected',
  'confirmed',
  'given-back',
  'granted',
  'kit-replaced',
  'logo',
  'password-changed',
  'read',
  'recorded',
  'recovered',
  'refused',
  'removed',
  'registered',
  'failed',
  'reviewed',
  'revoked',
  'started',
  'stored',
  'succeeded',
  'approved',
  'rejected',
  'suspended',
  'reinstated',
  'reissued',
  'done',
  'guardians-asked',
  'passkey-added',
  'passkey-removed',
  'recovery-refused',
  'share-released',
  'totp-added',
  'totp-removed',
] as const

/** Words for what the node writes down; a newer node's own word stands as it is. */
export function useActivityWords() {
  const { t } = useWords('audit')
  return {
    what: (kind: string) => (isOneOf(ACTIVITY_KINDS, kind) ? t(`kinds.${kind}`) : kind),
    result: (outcome: string) => (isOneOf(OUTCOMES, outcome) ? t(`outcomes.${outcome}`) : outcome),
  }
}

function isOneOf<const T extends readonly string[]>(words: T, word: string): word is T[number] {
  return words.includes(word)
}
