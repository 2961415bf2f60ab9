import { currentLanguage } from './language.ts'
import { router } from './router.ts'
import { type Folder, loadWords } from './words.ts'

/** The words of an area's screens, by the first part of its addresses. */
const WORDS: Record<string, readonly Folder[]> = {
  patient: ['patient', 'consent', 'openings', 'cards'],
  doctor: ['doctor', 'patients', 'records'],
  staff: ['staff', 'patients', 'cards'],
  admin: ['admin', 'approvals'],
  auditor: ['auditor'],
}

/**
 * Fetches what the page that was asked for is made of, while the key Worker still takes the session up again: one after
 * the other they would be four ways to the node and back before anything is seen.
 */
export function warmUp(): void {
  const [routes] = router.getMatchedRoutes(location.pathname)
  for (const route of routes) void router.loadRouteChunk(route)
  const [, area = ''] = location.pathname.split('/')
  for (const folder of WORDS[area] ?? []) void loadWords(folder, currentLanguage()).catch(() => {})
}
