import type { Role } from '@curo/contract/route'
import { type ComponentType, lazy } from 'react'
import { useAccount } from '../accounts/session.ts'

const AREAS: Record<Role, ComponentType> = {
  patient: lazy(async () => ({ default: (await import('../patient/Area.tsx')).Area })),
  doctor: lazy(async () => ({ default: (await import('../doctor/Area.tsx')).Area })),
  staff: lazy(async () => ({ default: (await import('../staff/Area.tsx')).Area })),
  admin: lazy(async () => ({ default: (await import('../admin/Area.tsx')).Area })),
  auditor: lazy(async () => ({ default: (await import('../auditor/Area.tsx')).Area })),
}

/** Settings and help stand in the frame of whoever looks at them. */
export function OwnArea() {
  const Area = AREAS[useAccount().role]
  return <Area />
}
