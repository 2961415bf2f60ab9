// Runs before the first paint, so that nobody who chose dark sees white first. A file, because the CSP allows no inline
// script. The names are those of src/app/scheme.ts and src/app/language.ts.
;(() => {
  const root = document.documentElement
  let scheme = null
  let language = null
  try {
    scheme = localStorage.getItem('curo.scheme')
    language = localStorage.getItem('curo.language')
  } catch {}
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.lang = language ?? (navigator.language.startsWith('hi') ? 'hi' : 'en')
})()
