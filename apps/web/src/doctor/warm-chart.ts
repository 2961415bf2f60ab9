import { currentLanguage } from '../app/language.ts'
import { countsBytes, whenIdle } from '../app/when-idle.ts'
import { loadWords } from '../app/words.ts'

/** Fetches what a chart is made of before one is opened, so that opening it begins with the press. */
export async function warmChart(): Promise<void> {
  if (countsBytes()) return
  await whenIdle()
  const words = ['patients', 'records', 'consultations'] as const
  await Promise.all([import('./Visit.tsx'), ...words.map((folder) => loadWords(folder, currentLanguage()))])
}
