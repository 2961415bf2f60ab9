import { isCuroError } from '@curo/crypto/errors'
import { TextInput, type TextInputProps } from '@mantine/core'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'

/** Where a printed code is typed: any case, with or without dashes. */
export function KitCodeField(props: TextInputProps) {
  const { t } = useWords('recoveries')
  return (
    <TextInput
      label={t('code.label')}
      description={t('code.hint')}
      placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      size="md"
      maxLength={80}
      {...props}
    />
  )
}

/** What is wrong with a typed code, at its field; null for any other error. */
export function useKitCodeProblem(): (error: unknown) => string | null {
  const { t, language } = useWords('recoveries')
  const problem = useProblem()
  return (error) => {
    if (isCuroError(error, 'malformed')) return language === 'en' ? problem(error) : t('code.malformed')
    return isCuroError(error, 'wrong-key') ? t('code.older') : null
  }
}
