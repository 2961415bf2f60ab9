import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { doctorArea } from '../app/areas.ts'

export const doctorRoutes = [
  createRoute({
    getParentRoute: () => doctorArea,
    path: '/',
    component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => doctorArea,
    path: '/requests',
    component: lazyRouteComponent(() => import('./Requests.tsx'), 'Requests'),
  }),
  createRoute({
    getParentRoute: () => doctorArea,
    path: '/emergencies',
    component: lazyRouteComponent(() => import('./Emergencies.tsx'), 'Emergencies'),
  }),
  createRoute({
    getParentRoute: () => doctorArea,
    path: '/patients/$patient',
    /** `record`: which one of the timeline is shown first. */
    validateSearch: ({ record }: Record<string, unknown>): { record?: string } =>
      typeof record === 'string' ? { record } : {},
    component: lazyRouteComponent(() => import('./Visit.tsx'), 'Visit'),
  }),
  createRoute({
    getParentRoute: () => doctorArea,
    path: '/patients/$patient/consultation',
    component: lazyRouteComponent(() => import('./Consultation.tsx'), 'Consultation'),
  }),
] as const
