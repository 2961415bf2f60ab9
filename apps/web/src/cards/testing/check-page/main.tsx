import '../../../app/first-styles.ts'
import '../../../app/styles.ts'
import { MantineProvider } from '@mantine/core'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { makeSchemeManager } from '../../../app/scheme.ts'
import { theme } from '../../../app/theme.ts'
import { checks } from './checks.ts'
import { Story } from './Story.tsx'

Object.assign(globalThis, { checks })

const schemes = makeSchemeManager()
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <Suspense>
          <Story name={new URLSearchParams(location.search).get('story') ?? ''} />
        </Suspense>
      </MantineProvider>
    </StrictMode>,
  )
