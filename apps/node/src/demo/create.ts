import { join } from 'node:path'
import { registerAccount, signIn } from '@curo/client/accounts'
import { type Connection, connect } from '@curo/client/connection'
import { type DemoProgress, fillDemo, fillSmallDemo } from '@curo/client/demo/fill'
import type { Person } from '@curo/client/person'
import { isCuroError } from '@curo/crypto/errors'
import { openFolderKeeper } from './folder-keeper.ts'
import { DEMO_ADMIN, DEMO_PASSWORD } from './people.ts'

const demoKeeper = (dataFolder: string) =>
  openFolderKeeper({ folder: join(dataFolder, 'demo'), outbox: join(dataFolder, 'outbox') })

/** The administrator registers once; she may be there from a start that was cut short. */
async function administrator(connection: Connection, setupCode?: string): Promise<Person> {
  const { contact, password, name } = DEMO_ADMIN
  if (!connection.hospital.ready)
    await registerAccount(connection, {
      contact,
      password,
      role: 'admin',
      name,
      profession: {},
      setupCode,
    }).catch((error) => {
      if (!isCuroError(error, 'conflict', 'unauthorized', 'forbidden')) throw error
    })
  return signIn(connection, { contact, password })
}

/**
 * Fills a demo through the front door: over HTTP, with keys made on the client's side, like anybody else. A few people
 * and what matters most of their charts. May be repeated after a start that was cut short.
 */
export async function createDemo(given: {
  address: string
  dataFolder: string
  setupCode: string
  /** Three where absent. */
  patients?: number
}): Promise<void> {
  const connection = await connect({ node: given.address })
  const admin = await administrator(connection, given.setupCode)
  const keeper = await demoKeeper(given.dataFolder)
  const { patients } = given
  await fillSmallDemo({
    ...{ connection, admin, password: DEMO_PASSWORD, keeper },
    ...(patients !== undefined && { patients }),
  })
}

/** Everything else, in a demo that answers already. Does nothing twice, and renews what has lapsed. */
export async function completeDemo(given: {
  address: string
  dataFolder: string
  patients: number
  onProgress?: (progress: DemoProgress) => void
}): Promise<DemoProgress> {
  const connection = await connect({ node: given.address })
  const admin = await administrator(connection)
  const keeper = await demoKeeper(given.dataFolder)
  const { patients, onProgress } = given
  return fillDemo({ connection, admin, password: DEMO_PASSWORD, keeper, patients, onProgress })
}
