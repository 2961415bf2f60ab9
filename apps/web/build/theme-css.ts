import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import type { Plugin } from 'vite'
import { cssVariables, theme } from '../src/app/theme.ts'

const NAME = 'virtual:theme.css'

/** The theme's CSS variables as a file: Mantine would write them into an inline <style>, which the CSP forbids. */
export function themeCss(): Plugin {
  return {
    name: 'curo-theme-css',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? themeVariables() : undefined),
  }
}

/** What the portal draws with; Mantine's eight other colours would be a third of the first stylesheet. */
const COLOURS = ['curo', 'gray', 'dark', 'red', 'yellow', 'green', 'blue', 'orange']

function themeVariables(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme)
  const byMantine = defaultCssVariablesResolver(whole)
  const own = cssVariables(whole)
  return convertCssVariables(
    {
      variables: onlyOurColours({ ...byMantine.variables, ...own.variables }),
      light: onlyOurColours({ ...byMantine.light, ...own.light }),
      dark: onlyOurColours({ ...byMantine.dark, ...own.dark }),
    },
    ':root',
  )
}

const UNUSED = Object.keys(DEFAULT_THEME.colors).filter((colour) => !COLOURS.includes(colour))
const IS_UNUSED = new RegExp(`^--mantine-color-(${UNUSED.join('|')})-`)

function onlyOurColours(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !IS_UNUSED.test(name)))
}
