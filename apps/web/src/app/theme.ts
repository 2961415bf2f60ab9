import {
  type ConvertCSSVariablesInput,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core'

/** Index 7 is the accent of the design, #0F766E: 5.5 : 1 on white. */
const curo: MantineColorsTuple = [
  '#eef8f6',
  '#d6eeea',
  '#aedcd5',
  '#80c7bd',
  '#56b1a5',
  '#339a8d',
  '#1c8478',
  '#0f766e',
  '#0d625c',
  '#0a4a46',
]

/** Greys with a little of the paper's warmth. */
const gray: MantineColorsTuple = [
  '#f7f6f2',
  '#f0eee9',
  '#e5e3dc',
  '#d6d4cc',
  '#c1c0b8',
  '#a3a49d',
  '#7c807b',
  '#5c625e',
  '#3d4441',
  '#1f2726',
]

/** From ink (text) to night (page). */
const dark: MantineColorsTuple = [
  '#dfe5e3',
  '#c3ccc9',
  '#a9b4b1',
  '#82908d',
  '#44524f',
  '#2b3735',
  '#1c2524',
  '#131a1a',
  '#0f1515',
  '#0a0f0f',
]

/** Index 7 carries white words (6.9 : 1) and is read on its own lightest shade (5.8 : 1). */
const red: MantineColorsTuple = [
  '#fff1ef',
  '#ffe1dd',
  '#fdc5be',
  '#f8a096',
  '#ee7669',
  '#e05546',
  '#cd3a2b',
  '#b42318',
  '#961a10',
  '#7a150d',
]

export const theme = createTheme({
  primaryColor: 'curo',
  primaryShade: 7,
  colors: { curo, gray, dark, red },
  white: '#ffffff',
  black: '#18211f',
  fontFamily: "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontFamily: "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif",
    fontWeight: '650',
    textWrap: 'balance',
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // Their scroll lock writes an inline <style>; global.css does it instead.
    // A dialog's <header> is not the page's banner.
    Modal: {
      defaultProps: {
        lockScroll: false,
        removeScrollProps: { enabled: false },
        attributes: { header: { role: 'none' } },
      },
    },
    Drawer: { defaultProps: { lockScroll: false, removeScrollProps: { enabled: false } } },
  },
})

/** What Mantine's own palette does not give: warm paper, and contrast of at least 4.5 : 1 for every text. */
export function cssVariables(_theme: MantineTheme): ConvertCSSVariablesInput {
  return {
    variables: { '--curo-card-ratio': '85.6 / 54' },
    light: {
      '--mantine-color-body': '#fbfaf7',
      '--mantine-color-dimmed': '#5a625e',
      '--mantine-color-placeholder': '#6b726e',
      '--mantine-color-error': '#b42318',
      '--mantine-color-success': '#0d625c',
      '--mantine-color-yellow-light-color': '#6a4a00',
      '--curo-surface': '#ffffff',
      '--curo-border': '#e5e3dc',
      '--curo-accent-text': '#0d625c',
      '--curo-warning-surface': '#fdf3d8',
      '--curo-warning-text': '#6a4a00',
    },
    dark: {
      '--mantine-color-dimmed': '#a9b4b1',
      '--mantine-color-placeholder': '#8f9c99',
      '--mantine-color-error': '#ff9e94',
      '--mantine-color-success': '#80c7bd',
      '--mantine-color-anchor': '#80c7bd',
      '--curo-surface': '#1c2524',
      '--curo-border': '#33403e',
      '--curo-accent-text': '#80c7bd',
      '--curo-warning-surface': '#3a2f10',
      '--curo-warning-text': '#f3d489',
    },
  }
}
