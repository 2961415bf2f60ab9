import { currentSession, subscribe } from '../../accounts/session.ts'

function personNow(): string | null {
  const session = currentSession()
  return session.state === 'signed-in' || session.state === 'locked' ? session.account.id : null
}

/** Calls `forget` when she has signed out or somebody else is here; not at a lock, after which she goes on. */
export function onOtherPerson(forget: () => void): void {
  let person = personNow()
  subscribe(() => {
    const now = personNow()
    if (now === person) return
    person = now
    forget()
  })
}
