import { Shell } from '../app/Shell.tsx'
import { useStaffNavigation } from './navigation.ts'

export function Area() {
  return <Shell navigation={useStaffNavigation()} density="compact" />
}
