import { isCuroError } from '@curo/crypto/errors'
import { type FormEvent, useState } from 'react'
import { Field } from '../app/Field.tsx'
import { useFormat } from '../app/format.ts'
import { Notice } from '../app/Notice.tsx'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PasskeyButton } from '../passkeys/PasskeyButton.tsx'
import classes from './SignIn.module.css'
import { answerSignIn } from './session.ts'
import { readSixDigits } from './six-digits.ts'
import type { SecondFactorNeeded } from './work.ts'

type SecondFactorProps = { needed: SecondFactorNeeded; onBack: () => void }

/** The password was right; now the code of the authenticator app, or a passkey. */
export function SecondFactor({ needed, onBack }: SecondFactorProps) {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const problem = useProblem()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const digits = readSixDigits(code)
    setFailure(null)
    setWrong(digits === null ? t('activate.codeWrong') : undefined)
    if (digits === null) return
    setBusy(true)
    try {
      await answerSignIn({ code: digits })
    } catch (error) {
      if (isCuroError(error, 'unauthorized')) setWrong(t('secondFactor.refused'))
      else setFailure(error)
      setBusy(false)
    }
  }

  const { methods, passkey, until } = needed
  const byCode = methods.includes('totp')
  return (
    <Page title={t('secondFactor.title')}>
      <div className={classes.form}>
        {passkey && (
          <PasskeyButton
            label={t('passkey.step')}
            run={async () => (await import('../passkeys/sign-in.ts')).answerWithPasskey(passkey)}
          />
        )}
        {byCode && (
          <form noValidate className={classes.form} onSubmit={(event) => void submit(event)}>
            <Field
              label={t('secondFactor.code')}
              hint={t('secondFactor.hint', { until: format.time(until) })}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
              value={code}
              error={wrong}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            {failure !== null && <Notice kind="problem">{problem(failure)}</Notice>}
            <button type="submit" className={classes.submit} aria-disabled={busy}>
              {busy ? t('signIn.busy') : t('signIn.submit')}
            </button>
          </form>
        )}
        <button type="button" className={classes.second} onClick={onBack}>
          {tApp('actions.back')}
        </button>
        <p className={classes.below}>
          {t('secondFactor.lost')} <a href="/recover">{t('secondFactor.recover')}</a>
        </p>
      </div>
    </Page>
  )
}
