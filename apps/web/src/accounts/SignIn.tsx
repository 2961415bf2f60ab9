import { lazy, Suspense, useEffect, useState } from 'react'
import { useHospital } from '../app/hospital.ts'
import { Notice } from '../app/Notice.tsx'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { PasskeySignIn } from '../passkeys/PasskeyButton.tsx'
import { work } from '../work/work.ts'
import { SecondFactor } from './SecondFactor.tsx'
import classes from './SignIn.module.css'
import { SignInForm } from './SignInForm.tsx'
import { signIn, useSession } from './session.ts'
import type { SecondFactorNeeded } from './work.ts'

const DemoPeople = lazy(() => import('./DemoPeople.tsx'))

/** Plain HTML and plain links: [Note: sign-in stands alone]. */
export function SignIn() {
  const { t } = useWords('accounts')
  const { data: hospital } = useHospital()
  const session = useSession()
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [secondFactor, setSecondFactor] = useState<SecondFactorNeeded | null>(null)
  // What signing in needs is fetched while the number is typed.
  useEffect(() => void work.accounts.prepare().catch(() => {}), [])
  const needsFirstRun = hospital !== undefined && !hospital.ready
  useEffect(() => {
    if (needsFirstRun) location.replace('/first-run')
  }, [needsFirstRun])

  async function submit(given: { contact: string; password: string }) {
    setBusy(true)
    setFailure(null)
    try {
      setSecondFactor(await signIn(given))
      setBusy(false)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const notice = session.state === 'signed-out' ? session.notice : undefined
  const demo = hospital?.demo && (
    <Suspense>
      <DemoPeople busy={busy} onChoose={(person) => void submit(person)} />
    </Suspense>
  )

  if (secondFactor)
    return (
      <PublicFrame>
        <SecondFactor needed={secondFactor} onBack={() => setSecondFactor(null)} />
      </PublicFrame>
    )
  return (
    <PublicFrame aside={demo}>
      <Page title={t('signIn.title')}>
        {notice && <Notice kind="information">{t(`signIn.notices.${notice}`)}</Notice>}
        <SignInForm
          countryPrefix={hospital?.countryPrefix ?? '+'}
          busy={busy}
          failure={failure}
          onSubmit={(given) => void submit(given)}
        />
        <div className={classes.other}>
          <PasskeySignIn />
        </div>
        <p className={classes.below}>
          <a href="/recover">{t('signIn.forgotten')}</a>
        </p>
        <p className={classes.below}>
          {t('signIn.new')} <a href="/register">{t('signIn.register')}</a>
        </p>
        <p className={classes.below}>
          <a href="/guarantees">{t('signIn.guarantees')}</a>
        </p>
      </Page>
    </PublicFrame>
  )
}
