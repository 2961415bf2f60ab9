import './styles.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { onWipe, subscribe } from '../accounts/session.ts'
import { keepForOffline } from './offline/updates.ts'
import { queryClient } from './query.ts'
import { router } from './router.ts'
import { makeSchemeManager } from './scheme.ts'
import { theme } from './theme.ts'

export { warmUp } from './warm-up.ts'

const schemeManager = makeSchemeManager()

/** Mantine writes no <style> here: variables come from virtual:theme.css, responsive props are not used. */
export default function App() {
  useEffect(() => onWipe(() => queryClient.clear()), [])
  useEffect(() => void keepForOffline(), [])
  // Whoever signs in, out, or is locked stands before other doors.
  useEffect(() => subscribe(() => void router.invalidate()), [])
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
