import type { WordKey } from '../app/words-types.ts'
import type words from './locales/en.ts'

type Words = typeof words

/** What each role's help page tells, in this order. */
export const TOPICS = {
  patient: ['begin', 'asked', 'sharing', 'looked', 'card', 'access', 'offline'],
  doctor: ['open', 'app', 'read', 'write', 'closed', 'emergency'],
  staff: ['find', 'register', 'lost', 'papers'],
  admin: ['approvals', 'people', 'hospital', 'storage', 'ledger', 'training'],
  auditor: ['ledger', 'storage'],
} as const satisfies { [R in keyof Words]?: readonly (keyof Words[R])[] }

export type HelpRole = keyof typeof TOPICS
type HelpKey = Extract<WordKey<Words>, `${HelpRole}.${string}`>

/** A role's topics with the words they are told in; `steps` is one step to a line. */
export const topicsOf = (role: HelpRole) =>
  TOPICS[role].map((topic) => ({
    topic,
    title: `${role}.${topic}.title` as HelpKey,
    steps: `${role}.${topic}.steps` as HelpKey,
    note: `${role}.${topic}.note` as HelpKey,
  }))

export const GUARANTEES = [
  'sealed',
  'written',
  'yours',
  'back',
  'ledger',
  'altered',
  'lost',
  'card',
  'password',
  'quiet',
] as const satisfies readonly (keyof Words['promise']['guarantees'])[]

export const LIMITS = [
  'forget',
  'collude',
  'withhold',
  'both',
  'known',
  'desk',
  'page',
  'everything',
] as const satisfies readonly (keyof Words['promise']['cannot'])[]

export const ONLOOKERS = [
  'desk',
  'cloud',
  'hospitals',
  'thief',
  'doctor',
] as const satisfies readonly (keyof Words['promise']['sees'])[]
