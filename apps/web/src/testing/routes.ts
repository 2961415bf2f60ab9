import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const SOURCES = fileURLToPath(new URL('..', import.meta.url))
/** The route's own name, where others stand below it; its parent; its path. */
const ROUTE = /(?:const (\w+) = )?createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']+)'/g

/** Where an area's pages stand; `ownArea` is everybody's who is signed in, `rootRoute` anybody's. */
const PREFIXES: Record<string, string> = {
  rootRoute: '',
  ownArea: '',
  patientArea: '/patient',
  doctorArea: '/doctor',
  staffArea: '/staff',
  adminArea: '/admin',
  auditorArea: '/auditor',
}

export type FoundRoute = { area: string; path: string }

/** Every page of the portal, as the `routes.ts` files name them, so that a new one is looked at without being asked for. */
export async function findRoutes(): Promise<FoundRoute[]> {
  const folders = await readdir(SOURCES, { withFileTypes: true })
  const routes = new Map<string, FoundRoute>()
  for (const folder of folders.filter((entry) => entry.isDirectory())) {
    const text = await readFile(`${SOURCES}${folder.name}/routes.ts`, 'utf8').catch(() => '')
    const parents = new Map(Object.entries(PREFIXES).map(([area, prefix]) => [area, { area, prefix }]))
    for (const [, name, above = '', own = ''] of text.matchAll(ROUTE)) {
      const parent = parents.get(above)
      if (!parent) throw new Error(`${folder.name}/routes.ts: ${above} is no area known here.`)
      const path = own === '/' ? parent.prefix || '/' : parent.prefix + own
      if (name) parents.set(name, { area: parent.area, prefix: path })
      routes.set(path, { area: parent.area, path })
    }
  }
  return [...routes.values()]
}

/** Whether an address is one of a route with parameters: `/staff/patients/x` of `/staff/patients/$patient`. */
export function isAddressOf(route: string, address: string): boolean {
  const parts = address.split(/[?#]/, 1)[0]?.split('/') ?? []
  const wanted = route.split('/')
  return (
    parts.length === wanted.length &&
    wanted.every((part, at) => (part.startsWith('$') ? parts[at] !== '' : part === parts[at]))
  )
}
