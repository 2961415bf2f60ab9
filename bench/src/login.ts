import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { registerAccount, signIn } from '@curo/client/accounts'
import { connect } from '@curo/client/connection'
import { withNode } from './bench-node.ts'
import { type Figure, type Measure, paired, type Size, secondsOf, timeFigure } from './measure.ts'

const CONTACT = '+919000000001'
const PASSWORD = 'a password of invented people'
/** As much memory as our Argon2id takes: 128 · N · r bytes are 64 MiB. */
const SCRYPT = { N: 65_536, r: 8, p: 1, maxmem: 80 * 1024 * 1024 }

const stretch = promisify<string, string, number, object, Buffer>(scrypt)

async function run({ size }: { size: Size }): Promise<Figure[]> {
  return await withNode(async ({ address, setupCode }) => {
    const connection = await connect({ node: address })
    const person = { contact: CONTACT, password: PASSWORD, role: 'admin' as const, name: 'Leela Marar' }
    await registerAccount(connection, { ...person, setupCode })
    const pair = await paired({
      subject: () => secondsOf(() => signIn(connection, { contact: CONTACT, password: PASSWORD })),
      baseline: () => secondsOf(() => stretch(PASSWORD, 'salt', 32, SCRYPT)),
      runs: size === 'full' ? 7 : 1,
      warmUps: size === 'full' ? 1 : 0,
    })
    return [timeFigure(pair, { baselineName: 'scrypt alone, with as much memory' })]
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'login',
    what: 'a password typed until the account’s keys are open: OPAQUE with Argon2id of 64 MiB',
    run,
  },
]
