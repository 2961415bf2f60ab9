import { decideAccount, registerAccount, signIn } from '@curo/client/accounts'
import type { Fetch } from '@curo/client/api'
import { type Connection, connect } from '@curo/client/connection'
import type { Person } from '@curo/client/person'
import { randomDigits } from '@curo/crypto/random'
import type { OutboxMessage } from '@curo/node/context'
import { makeRecordedNode } from '@curo/node/testing/recorded-node'
import type { TestNode, TestNodeOptions } from '@curo/node/testing/test-node'

export const PASSWORD = 'a long enough password'
export const inventPhone = () => `+9198${randomDigits(8)}`

export type TestHospital = {
  node: TestNode
  connection: Connection
  admin: Person
  /** Messages to people, oldest first. */
  sent: OutboxMessage[]
  /** The code in the newest message. */
  lastCode(): string
  hire(role: 'doctor' | 'staff' | 'auditor', name?: string): Promise<Person>
  connect(fetch: Fetch): Promise<Connection>
  stop(): Promise<void>
}

/** A real node with its first administrator, and a way to people in every role, all through the client. */
export async function makeTestHospital(options: TestNodeOptions = {}): Promise<TestHospital> {
  const { node, sent } = await makeRecordedNode(options)
  const connection = await connect({ node: node.address })
  const contact = inventPhone()
  await registerAccount(connection, {
    contact,
    password: PASSWORD,
    role: 'admin',
    name: 'Leela Marar',
    setupCode: node.setupCode,
  })
  const admin = await signIn(connection, { contact, password: PASSWORD })
  return {
    node,
    connection,
    admin,
    sent,
    lastCode() {
      const code = JSON.stringify(sent.at(-1) ?? '').match(/\b[0-9]{6}\b/)?.[0]
      if (!code) throw new Error('No code was sent.')
      return code
    },
    async hire(role, name = `Invented ${role}`) {
      const phone = inventPhone()
      const { account } = await registerAccount(connection, {
        contact: phone,
        password: PASSWORD,
        role,
        name,
      })
      await decideAccount(admin, { account, decision: 'approve' })
      return signIn(connection, { contact: phone, password: PASSWORD })
    },
    connect: (fetch) => connect({ node: node.address, fetch }),
    stop: () => node.stop(),
  }
}

const PUBLISHED_WITHIN_MS = 60_000

/** Repeats while the node says that something is not published yet; the sequencer takes a fraction of a second. */
export async function whenPublished<T>(work: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + PUBLISHED_WITHIN_MS; ; ) {
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: string }).code !== 'unavailable' || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
