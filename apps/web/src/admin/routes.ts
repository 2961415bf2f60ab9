import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { adminArea } from '../app/areas.ts'

export const adminRoutes = [
  createRoute({
    getParentRoute: () => adminArea,
    path: '/',
    component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/approvals',
    component: lazyRouteComponent(() => import('./Approvals.tsx'), 'Approvals'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/people',
    component: lazyRouteComponent(() => import('./People.tsx'), 'People'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/people/$account',
    component: lazyRouteComponent(() => import('./PersonPage.tsx'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/ledger',
    component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/storage',
    component: lazyRouteComponent(() => import('./StoragePage.tsx'), 'StoragePage'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/activity',
    component: lazyRouteComponent(() => import('./ActivityPage.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/emergencies',
    component: lazyRouteComponent(() => import('./Emergencies.tsx'), 'Emergencies'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/hospital',
    component: lazyRouteComponent(() => import('./HospitalPage.tsx'), 'HospitalPage'),
  }),
  createRoute({
    getParentRoute: () => adminArea,
    path: '/invented-people',
    component: lazyRouteComponent(() => import('./InventedPeople.tsx'), 'InventedPeople'),
  }),
] as const
