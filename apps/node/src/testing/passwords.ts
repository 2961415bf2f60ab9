import { finishRegistration, finishSession, startRegistration, startSession } from '@curo/contract/accounts'
import type { Role } from '@curo/contract/route'
import { makeAccountRoot } from '@curo/crypto/account'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import * as password from '@curo/crypto/password'
import { randomId } from '@curo/crypto/random'
import { wrapSecret } from '@curo/crypto/wrap'
import { inventedPhone, makeAccountKeys } from './people.ts'
import type { TestNode } from './test-node.ts'

export type Credentials = { readonly contact: string; readonly password: string }

/** The body of a registration, after the client's half of OPAQUE; Argon2id takes a third of a second. */
export async function prepareRegistration(
  node: TestNode,
  options: { role: Role; contact?: string; password?: string; name?: string; root?: Uint8Array },
) {
  const { role, contact = inventedPhone(), name = `Invented ${role}`, root = makeAccountRoot() } = options
  const secret = options.password ?? `correct horse ${randomId()}`
  const id = randomId()
  const started = await password.startRegistration(secret)
  const { body } = await node.call(startRegistration, { body: { contact, request: started.request } })
  const { record, exportKey } = await password.finishRegistration({
    password: secret,
    state: started.state,
    response: body.response,
  })
  const wrappedRoot = toBase64Url(
    await wrapSecret({ wrappingKey: exportKey, secret: root, context: 'root', aad: utf8Bytes(id) }),
  )
  const keys = await makeAccountKeys(id, root)
  return {
    credentials: { contact, password: secret },
    body: { id, contact, role, name, profession: {}, record, wrappedRoot, keys },
  }
}

/** Registers with a password through the routes. */
export async function registerWithPassword(
  node: TestNode,
  options: Parameters<typeof prepareRegistration>[1] & { setupCode?: string },
) {
  const { credentials, body } = await prepareRegistration(node, options)
  const { setupCode } = options
  const answer = await node.call(finishRegistration, {
    body: { ...body, ...(setupCode ? { setupCode } : {}) },
  })
  return { credentials, id: body.id, answer }
}

/** Signs in through the routes; with a wrong password the client notices before it would send its last message. */
export async function signIn(node: TestNode, { contact, password: secret }: Credentials, device?: string) {
  const { state, request } = await password.startLogin(secret)
  const started = await node.call(startSession, { body: { contact, request } })
  if (started.status !== 200) return { started, finished: null, token: '' }
  const result = await password.finishLogin({ password: secret, state, response: started.body.response })
  if (result === null) return { started, finished: null, token: '' }
  const finished = await node.call(finishSession, {
    body: { login: started.body.login, finish: result.finishMessage, ...(device ? { device } : {}) },
  })
  const { body } = finished
  return { started, finished, token: finished.status === 201 && 'token' in body ? (body.token ?? '') : '' }
}
