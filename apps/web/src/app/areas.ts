import type { Role } from '@curo/contract/route'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { currentSession } from '../accounts/session.ts'
import { rootRoute } from './root.tsx'

export const HOMES = {
  patient: '/patient',
  doctor: '/doctor',
  staff: '/staff',
  admin: '/admin',
  auditor: '/auditor',
} as const satisfies Record<Role, string>

/** Lets only people of this role in; others go to sign in, or to where they belong. */
export function requireRole(role: Role | null) {
  return ({ location }: { location: { href: string } }) => {
    const session = currentSession()
    if (session.state === 'starting' || session.state === 'signed-out') {
      // Whoever signed out leaves no address behind for the next person at this device.
      const forget = location.href === '/' || (session.state === 'signed-out' && session.byHand)
      throw redirect({ to: '/sign-in', search: forget ? {} : { next: location.href } })
    }
    const { account } = session
    if (account.status === 'pending') throw redirect({ to: '/waiting' })
    if (role !== null && account.role !== role) throw redirect({ to: HOMES[account.role] })
  }
}

export const patientArea = createRoute({
  getParentRoute: () => rootRoute,
  path: '/patient',
  beforeLoad: requireRole('patient'),
  component: lazyRouteComponent(() => import('../patient/Area.tsx'), 'Area'),
})
export const doctorArea = createRoute({
  getParentRoute: () => rootRoute,
  path: '/doctor',
  beforeLoad: requireRole('doctor'),
  component: lazyRouteComponent(() => import('../doctor/Area.tsx'), 'Area'),
})
export const staffArea = createRoute({
  getParentRoute: () => rootRoute,
  path: '/staff',
  beforeLoad: requireRole('staff'),
  component: lazyRouteComponent(() => import('../staff/Area.tsx'), 'Area'),
})
export const adminArea = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  beforeLoad: requireRole('admin'),
  component: lazyRouteComponent(() => import('../admin/Area.tsx'), 'Area'),
})
export const auditorArea = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auditor',
  beforeLoad: requireRole('auditor'),
  component: lazyRouteComponent(() => import('../auditor/Area.tsx'), 'Area'),
})
/** Settings and help: for everyone who is signed in, in the frame of her own area. */
export const ownArea = createRoute({
  getParentRoute: () => rootRoute,
  id: 'own',
  beforeLoad: requireRole(null),
  component: lazyRouteComponent(() => import('./OwnArea.tsx'), 'OwnArea'),
})
