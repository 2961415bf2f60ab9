import './without-eval.ts'
import { type Connection, connect } from '@curo/client/connection'
import type { Person } from '@curo/client/person'
import { CuroError } from '@curo/crypto/errors'
import { keepForReload } from '../accounts/kept-session.ts'
import type { WorkContext } from './context.ts'
import { DOMAINS } from './domains.ts'
import type { Reply } from './messages.ts'
import { serve } from './serve.ts'

/**
 * [Note: keys live in one Worker] Roots, card secrets and opened keys exist in this Worker's memory and nowhere else in
 * the browser. The page asks for results by name and gets plain data. Locking ends the Worker, and its memory with it.
 */

const post = (message: Reply) => postMessage(message)
let connecting: Promise<Connection> | undefined
let signedIn: Person | undefined

const context: WorkContext = {
  connection() {
    connecting ??= connect({ node: location.origin, byCookie: true }).catch((error) => {
      connecting = undefined
      throw error
    })
    return connecting
  },
  person() {
    if (!signedIn) throw new CuroError('unauthorized', 'Sign in first: your keys are not here.')
    return signedIn
  },
  patient() {
    const person = context.person()
    if (person.account.patient === null || person.keyring === null)
      throw new CuroError('forbidden', 'Only a patient can do this. Sign in with a patient’s account.')
    return person as ReturnType<WorkContext['patient']>
  },
  async setPerson(person, { isKept = false } = {}) {
    signedIn = person
    if (isKept) return
    post({ kept: await keepForReload(person) })
  },
}

serve(globalThis as unknown as Parameters<typeof serve>[0], DOMAINS, context)
