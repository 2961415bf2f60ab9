import { useEffect } from 'react'
import { Shell } from '../app/Shell.tsx'
import { useDoctorNavigation } from './navigation.ts'
import { warmChart } from './warm-chart.ts'

export function Area() {
  // What does not come is loaded when it is wanted.
  useEffect(() => void warmChart().catch(() => {}), [])
  return <Shell navigation={useDoctorNavigation()} density="compact" />
}
