import { Shell } from '../app/Shell.tsx'
import { useAuditorNavigation } from './navigation.ts'

export function Area() {
  return <Shell navigation={useAuditorNavigation()} density="compact" />
}
