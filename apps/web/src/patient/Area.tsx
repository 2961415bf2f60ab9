import { Shell } from '../app/Shell.tsx'
import { usePatientNavigation } from './navigation.ts'

export function Area() {
  return <Shell navigation={usePatientNavigation()} density="comfortable" />
}
