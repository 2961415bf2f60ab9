import { Shell } from '../app/Shell.tsx'
import { useAdminNavigation } from './navigation.ts'

export function Area() {
  return <Shell navigation={useAdminNavigation()} density="compact" />
}
