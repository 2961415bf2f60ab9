import { Shell } from '../app/Shell.tsx'
import { useDoctorNavigation } from './navigation.ts'

export function Area() {
  return <Shell navigation={useDoctorNavigation()} density="compact" />
}
