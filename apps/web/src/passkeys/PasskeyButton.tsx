import { lazy, Suspense, useState } from 'react'
import classes from '../accounts/SignIn.module.css'
import { useWords } from '../app/words.ts'

const PasskeyTrouble = lazy(() => import('./PasskeyTrouble.tsx'))

type PasskeyButtonProps = { label: string; run: () => Promise<void> }

/**
 * Asks the browser for a passkey; not there where there are none. Part of the first load ([Note: sign-in stands alone]),
 * so what it does and what it says of a failure comes when it is needed.
 */
export function PasskeyButton({ label, run }: PasskeyButtonProps) {
  const { t } = useWords('accounts')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  if (!('PublicKeyCredential' in globalThis)) return null

  async function use() {
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      await run()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button type="button" className={classes.second} aria-disabled={busy} onClick={() => void use()}>
        {busy ? t('passkey.waiting') : label}
      </button>
      {failure !== null && (
        <Suspense>
          <PasskeyTrouble error={failure} />
        </Suspense>
      )}
    </>
  )
}

/** No number, no password: on the sign-in page, and back to locked keys. */
export function PasskeySignIn() {
  const { t } = useWords('accounts')
  return (
    <PasskeyButton
      label={t('passkey.instead')}
      run={async () => (await import('./sign-in.ts')).signInWithPasskey()}
    />
  )
}
