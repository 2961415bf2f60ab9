import { deviceName } from '../accounts/device-name.ts'
import { answerSignIn, enterAs } from '../accounts/session.ts'
import type { SecondFactorNeeded } from '../accounts/work.ts'
import { work } from '../work/work.ts'
import { askForPasskey, handOver } from './browser.ts'

/** No number, no password: the passkey says whose it is, and its PRF opens the keys. */
export async function signInWithPasskey(): Promise<void> {
  const { ceremony, options } = await work.passkeys.startSignIn()
  const signedIn = await handOver(await askForPasskey(options), (answer) =>
    work.passkeys.finishSignIn({ ceremony, answer, device: deviceName() }),
  )
  enterAs(signedIn)
}

/** After the password: the passkey instead of a code. */
export async function answerWithPasskey(asked: NonNullable<SecondFactorNeeded['passkey']>): Promise<void> {
  await answerSignIn({ passkey: await askForPasskey(asked) })
}
