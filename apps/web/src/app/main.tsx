import './first-styles.ts'
import { lazy, StrictMode, Suspense, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { SignIn } from '../accounts/SignIn.tsx'
import { currentSession, mayBeSignedIn, startSession, useSession } from '../accounts/session.ts'
import { DemoBanner } from './DemoBanner.tsx'
import { currentLanguage } from './language.ts'
import { noticeGoneFiles } from './offline/gone-files.ts'
import { isPublicPath } from './public-paths.ts'
import { Waiting } from './Waiting.tsx'
import { loadWords } from './words.ts'

const bringApp = () => import('./App.tsx')
const App = lazy(bringApp)

/**
 * [Note: sign-in stands alone] Who comes signed out gets the sign-in page without router and component library: the
 * first load is a third of what it would be. Everything else is the app, which has the same page for who signs out later.
 */
function Entry() {
  const session = useSession()
  const [alone, setAlone] = useState(() => !isPublicPath(location.pathname))
  // Once the app is there it stays: its router must not miss a sign-out and the sign-in after it.
  if (alone && session.state !== 'signed-out') setAlone(false)
  if (alone && session.state === 'signed-out')
    return (
      <Suspense fallback={<Waiting />}>
        <DemoBanner />
        <SignIn />
      </Suspense>
    )
  return (
    <Suspense fallback={<Waiting />}>
      <App />
    </Suspense>
  )
}

noticeGoneFiles()
void loadWords('app', currentLanguage())
if (mayBeSignedIn() || isPublicPath(location.pathname)) void bringApp().then(({ warmUp }) => warmUp())
void startSession().finally(() => {
  if (currentSession().state === 'signed-out') goToSignIn()
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <Entry />
      </StrictMode>,
    )
})

/** Remembers where she wanted to go. */
function goToSignIn(): void {
  const { pathname, search } = location
  if (isPublicPath(pathname) || pathname === '/sign-in') return
  const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
  history.replaceState(null, '', `/sign-in${next}`)
}
