/** As the contract has it, whose schemas stay out of the page. */
export const GUARDIANS = 3

/** Three people answer on three days: what came so far waits here, for this account only. Invitations are no secret. */
const keyOf = (account: string) => `curo.guardian-invitations.${account}`

export function readCollected(account: string): string[] {
  const kept = localStorage.getItem(keyOf(account))
  return kept === null ? [] : kept.split('\n').slice(0, GUARDIANS)
}

export function keepCollected(account: string, invitations: readonly string[]): void {
  if (invitations.length === 0) localStorage.removeItem(keyOf(account))
  else localStorage.setItem(keyOf(account), invitations.join('\n'))
}

/** The part of an invitation that says whose it is: the same whether it came as a link or as its code. */
export const codeOf = (invitation: string): string => invitation.trim().split('#').at(-1) ?? ''
