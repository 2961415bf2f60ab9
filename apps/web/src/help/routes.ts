import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { currentSession } from '../accounts/session.ts'
import { ownArea } from '../app/areas.ts'
import { rootRoute } from '../app/root.tsx'

export const helpRoutes = [
  createRoute({
    getParentRoute: () => ownArea,
    path: '/help',
    component: lazyRouteComponent(() => import('./Help.tsx'), 'Help'),
  }),
  createRoute({
    getParentRoute: () => ownArea,
    path: '/help/guarantees',
    component: lazyRouteComponent(() => import('./Guarantees.tsx'), 'Guarantees'),
  }),
] as const

export const publicHelpRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/guarantees',
    beforeLoad: () => {
      if (currentSession().state === 'signed-in') throw redirect({ to: '/help/guarantees' })
    },
    component: lazyRouteComponent(() => import('./PublicGuarantees.tsx'), 'PublicGuarantees'),
  }),
] as const
