/** Pages of the app that need no session; signed out, every other address is the sign-in page. */
const PUBLIC = ['/register', '/first-run', '/card', '/recover', '/recoveries', '/guardian', '/guarantees']

export const isPublicPath = (path: string): boolean =>
  PUBLIC.some((start) => path === start || path.startsWith(`${start}/`))
