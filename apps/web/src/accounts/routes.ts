import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { HOMES, ownArea } from '../app/areas.ts'
import { rootRoute } from '../app/root.tsx'
import { keepScannedCard } from '../cards/scanned-card.ts'
import { keepInvitation } from '../guardians/opened-invitation.ts'
import { keepRefusal } from '../recoveries/refusal.ts'
import { currentSession } from './session.ts'

/** The page to go on with after signing in. */
export type SignInSearch = { next?: string }

/** A path of this very site; `//host` and `/\\host` are addresses of others. */
const ownPath = (next: unknown): string | undefined =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined

function validateSearch({ next }: Record<string, unknown>): SignInSearch {
  const path = ownPath(next)
  return path === undefined ? {} : { next: path }
}

/** Someone who is signed in has no business here. */
function leaveWhenSignedIn({ search }: { search: SignInSearch }): void {
  const session = currentSession()
  if (session.state !== 'signed-in' && session.state !== 'locked') return
  const { account } = session
  if (account.status === 'pending') throw redirect({ to: '/waiting' })
  // Checked here too: the router hands on what validateSearch has left out.
  const next = ownPath(search.next)
  if (next) throw redirect({ href: next })
  throw redirect({ to: HOMES[account.role] })
}

export const accountRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch,
    beforeLoad: leaveWhenSignedIn,
    component: lazyRouteComponent(() => import('./SignIn.tsx'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/register',
    beforeLoad: () => leaveWhenSignedIn({ search: {} }),
    component: lazyRouteComponent(() => import('./Register.tsx'), 'Register'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/register/card',
    beforeLoad: () => leaveWhenSignedIn({ search: {} }),
    component: lazyRouteComponent(() => import('./ActivateCard.tsx'), 'ActivateCard'),
  }),
  // Where a card's QR code leads when a telephone's camera opens it. The secret stands behind the #, which is never
  // sent; it is taken out of the address before anything is shown.
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/card',
    beforeLoad: ({ location: { hash } }) => {
      if (hash !== '') keepScannedCard(hash)
      const { state } = currentSession()
      const isIn = state === 'signed-in' || state === 'locked'
      throw redirect({ to: isIn ? '/' : '/register/card', replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/recover',
    // Also in place of a lock whose password was forgotten.
    beforeLoad: () => {
      if (currentSession().state === 'signed-in') leaveWhenSignedIn({ search: {} })
    },
    component: lazyRouteComponent(() => import('../recoveries/Recover.tsx'), 'Recover'),
  }),
  // Also for somebody who is signed in, and for somebody who cannot sign in.
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/recoveries/refuse',
    beforeLoad: ({ location: { hash } }) => {
      if (hash === '') return
      keepRefusal(hash)
      throw redirect({ to: '/recoveries/refuse', replace: true })
    },
    component: lazyRouteComponent(() => import('../recoveries/RefuseByLink.tsx'), 'RefuseByLink'),
  }),
  // Where a guardian's invitation leads. It is no secret, but it is nobody else's business either.
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/guardian',
    beforeLoad: ({ location: { hash } }) => {
      if (hash !== '') keepInvitation(hash)
      throw redirect({ to: '/settings/guardians', replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/first-run',
    beforeLoad: () => leaveWhenSignedIn({ search: {} }),
    component: lazyRouteComponent(() => import('./FirstRun.tsx'), 'FirstRun'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/waiting',
    beforeLoad: () => {
      const session = currentSession()
      if (session.state !== 'signed-in') throw redirect({ to: '/sign-in' })
      if (session.account.status !== 'pending') throw redirect({ to: HOMES[session.account.role] })
    },
    component: lazyRouteComponent(() => import('./WaitingForApproval.tsx'), 'WaitingForApproval'),
  }),
] as const

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => ownArea,
    path: '/settings',
    component: lazyRouteComponent(() => import('./Settings.tsx'), 'Settings'),
  }),
  createRoute({
    getParentRoute: () => ownArea,
    path: '/settings/guardians',
    component: lazyRouteComponent(() => import('../guardians/GuardiansPage.tsx'), 'GuardiansPage'),
  }),
] as const
