import { useEffect } from 'react'
import { Shell } from '../app/Shell.tsx'
import { usePatientNavigation } from './navigation.ts'

export function Area() {
  // Kept or not: what she looks at is fetched then.
  useEffect(
    () => void import('./keep-viewers.ts').then(({ keepViewers }) => keepViewers()).catch(() => {}),
    [],
  )
  return <Shell navigation={usePatientNavigation()} density="comfortable" />
}
