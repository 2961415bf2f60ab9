import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { staffArea } from '../app/areas.ts'

export const staffRoutes = [
  createRoute({
    getParentRoute: () => staffArea,
    path: '/',
    component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => staffArea,
    path: '/register',
    component: lazyRouteComponent(() => import('./RegisterPatient.tsx'), 'RegisterPatient'),
  }),
  createRoute({
    getParentRoute: () => staffArea,
    path: '/patients/$patient',
    component: lazyRouteComponent(() => import('./PatientAtDesk.tsx'), 'PatientAtDesk'),
  }),
] as const
