import { SHORTEST_PASSWORD } from './password-length.ts'

export type PasswordAdvice = 'too-short' | 'common' | 'personal' | 'repeated' | 'fair' | 'good' | 'strong'

/** What people choose first, and so what guessers try first; compared without digits and punctuation around it. */
const COMMON = new Set([
  ...['password', 'passwort', 'passw', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbnm', 'letmein'],
  ...[
    'welcome',
    'admin',
    'administrator',
    'iloveyou',
    'monkey',
    'dragon',
    'sunshine',
    'princess',
    'football',
  ],
  ...[
    'cricket',
    'hospital',
    'doctor',
    'patient',
    'india',
    'bharat',
    'krishna',
    'sairam',
    'jaishreeram',
    'curo',
  ],
  ...['abc', 'abcd', 'abcdef', 'abcdefgh', 'changeme', 'secret', 'test', 'guest', 'hello', 'master'],
])

/**
 * How good a password is, as one piece of advice. Length counts most (NIST SP 800-63B §5.1.1); no rule about signs or
 * capitals, which people answer with `Password1!`.
 */
export function adviseOn(password: string, personal: readonly string[] = []): PasswordAdvice {
  const text = password.normalize('NFKC')
  if (text.length < SHORTEST_PASSWORD) return 'too-short'
  const plain = text.toLowerCase()
  const core = plain.replace(/^[\d\W_]+|[\d\W_]+$/g, '')
  const isDigits = /^\d+$/.test(plain)
  if (COMMON.has(core) || (isDigits && plain.length < 14)) return 'common'
  if (new Set(plain).size < 5 || isRun(plain)) return 'repeated'
  const own = personal.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word.length >= 4)
  if (own.some((word) => plain.includes(word) && plain.length - word.length < 8)) return 'personal'
  if (text.length >= 18) return 'strong'
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u, /[^\x20-\x7e]/u].filter((kind) =>
    kind.test(text),
  )
  return text.length >= 14 || kinds.length >= 3 ? 'good' : 'fair'
}

/** `1234567890`, `abcdefghij`, `9876543210` */
function isRun(text: string): boolean {
  const steps = new Set<number>()
  for (let at = 1; at < text.length; at++) steps.add(text.charCodeAt(at) - text.charCodeAt(at - 1))
  return steps.size <= 2 && (steps.has(1) || steps.has(-1))
}

export const isAcceptable = (advice: PasswordAdvice): boolean => ['fair', 'good', 'strong'].includes(advice)
