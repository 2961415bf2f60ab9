import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { patientArea } from '../app/areas.ts'

const VIEWS = ['summary', 'timeline', 'trends'] as const

const records = createRoute({
  getParentRoute: () => patientArea,
  path: '/records',
  validateSearch: ({ view }: Record<string, unknown>): { view?: (typeof VIEWS)[number] } => {
    const known = VIEWS.find((one) => one === view)
    return known === undefined ? {} : { view: known }
  },
  component: lazyRouteComponent(() => import('./Records.tsx'), 'Records'),
})
/** The same page with a record in its address: the list stays where it is. */
const record = createRoute({ getParentRoute: () => records, path: '/$record' })

export const patientRoutes = [
  createRoute({
    getParentRoute: () => patientArea,
    path: '/',
    component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
  }),
  records.addChildren([record]),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/records/add',
    component: lazyRouteComponent(() => import('./AddRecords.tsx'), 'AddRecords'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/sharing',
    component: lazyRouteComponent(() => import('./Sharing.tsx'), 'Sharing'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/sharing/allow',
    component: lazyRouteComponent(() => import('./AllowDoctor.tsx'), 'AllowDoctor'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/sharing/$request',
    component: lazyRouteComponent(() => import('./AnswerRequest.tsx'), 'AnswerRequest'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/looked',
    component: lazyRouteComponent(() => import('./WhoLooked.tsx'), 'WhoLooked'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/card',
    component: lazyRouteComponent(() => import('./OwnCard.tsx'), 'OwnCard'),
  }),
  createRoute({
    getParentRoute: () => patientArea,
    path: '/profile',
    component: lazyRouteComponent(() => import('./Profile.tsx'), 'Profile'),
  }),
] as const
