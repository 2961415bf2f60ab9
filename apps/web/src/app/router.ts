import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { accountRoutes, settingsRoutes } from '../accounts/routes.ts'
import { currentSession } from '../accounts/session.ts'
import { adminRoutes } from '../admin/routes.ts'
import { auditorRoutes } from '../auditor/routes.ts'
import { doctorRoutes } from '../doctor/routes.ts'
import { helpRoutes, publicHelpRoutes } from '../help/routes.ts'
import { patientRoutes } from '../patient/routes.ts'
import { staffRoutes } from '../staff/routes.ts'
import {
  adminArea,
  auditorArea,
  doctorArea,
  HOMES,
  ownArea,
  patientArea,
  requireRole,
  staffArea,
} from './areas.ts'
import { Failed } from './Failed.tsx'
import { NotFound } from './NotFound.tsx'
import { rootRoute } from './root.tsx'
import { Waiting } from './Waiting.tsx'

const start = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: (context) => {
    requireRole(null)(context)
    const session = currentSession()
    if (session.state === 'signed-in' || session.state === 'locked')
      throw redirect({ to: HOMES[session.account.role] })
  },
})

const routeTree = rootRoute.addChildren([
  start,
  ...accountRoutes,
  ...publicHelpRoutes,
  patientArea.addChildren(patientRoutes),
  doctorArea.addChildren(doctorRoutes),
  staffArea.addChildren(staffRoutes),
  adminArea.addChildren(adminRoutes),
  auditorArea.addChildren(auditorRoutes),
  ownArea.addChildren([...settingsRoutes, ...helpRoutes]),
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
