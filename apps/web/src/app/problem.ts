import { isCuroError } from '@curo/crypto/errors'
import { useWords } from './words.ts'

/**
 * An error as a sentence for the person in front of the page. In English the error's own sentence, which is more exact;
 * otherwise the one for its code.
 */
export function useProblem(): (error: unknown) => string {
  const { t, language } = useWords('app')
  return (error) => {
    if (!isCuroError(error)) return t('problems.internal')
    return language === 'en' ? error.message : t(`problems.${error.code}`)
  }
}
