import { createRootRoute, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { DemoBanner } from './DemoBanner.tsx'
import { Failed } from './Failed.tsx'
import { NotFound } from './NotFound.tsx'
import classes from './root.module.css'
import { Waiting } from './Waiting.tsx'
import { useWords } from './words.ts'

export const rootRoute = createRootRoute({
  component: Root,
  errorComponent: Failed,
  notFoundComponent: () => (
    <main id="content" className={classes.plain}>
      <NotFound />
    </main>
  ),
})

function Root() {
  return (
    <Suspense fallback={<Waiting />}>
      <SkipLink />
      <DemoBanner />
      <Outlet />
    </Suspense>
  )
}

function SkipLink() {
  const { t } = useWords('app')
  return (
    <a href="#content" className={classes.skip}>
      {t('skip')}
    </a>
  )
}
