/** Whether the service worker keeps a file once it was used: only those with a hash in their name. */
export const isKeptFile = ({ origin, pathname }: URL, own: string): boolean =>
  origin === own && pathname.startsWith('/assets/')

/** Whether a request opens a page of the app, rather than something of the API in a tab of its own. */
export const isNavigationHere = (mode: string, { pathname }: URL): boolean =>
  mode === 'navigate' && !/^\/(v1|tile|metrics|healthz|readyz|checkpoint)(\/|$)/.test(pathname)
