import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditorArea } from '../app/areas.ts'

/** The pages are the administrator's, which leave out what is hers alone. */
export const auditorRoutes = [
  createRoute({
    getParentRoute: () => auditorArea,
    path: '/',
    component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => auditorArea,
    path: '/ledger',
    component: lazyRouteComponent(() => import('../admin/LedgerPage.tsx'), 'LedgerPage'),
  }),
  createRoute({
    getParentRoute: () => auditorArea,
    path: '/storage',
    component: lazyRouteComponent(() => import('../admin/StoragePage.tsx'), 'StoragePage'),
  }),
  createRoute({
    getParentRoute: () => auditorArea,
    path: '/activity',
    component: lazyRouteComponent(() => import('../admin/ActivityPage.tsx'), 'ActivityPage'),
  }),
] as const
