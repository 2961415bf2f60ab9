import { isCuroError } from '@curo/crypto/errors'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { PasskeyError } from './browser.ts'

/** What went wrong with a passkey, as a sentence. */
export function usePasskeyProblem(): (error: unknown) => string {
  const { t } = useWords('passkeys')
  const problem = useProblem()
  return (error) => {
    if (!(error instanceof PasskeyError))
      return isCuroError(error, 'unauthorized') ? t('troubles.notAccepted') : problem(error)
    if (error.trouble === 'elsewhere')
      return t('troubles.elsewhere', { address: addressAt(error.rpId), here: location.host })
    return t(`troubles.${error.trouble}`)
  }
}

/** Where this very page stands under the passkeys’ name. */
function addressAt(rpId: string): string {
  const { protocol, port } = location
  return `${protocol}//${rpId}${port ? `:${port}` : ''}`
}
