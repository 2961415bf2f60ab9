import { isCuroError } from '@curo/crypto/errors'
import { useProblem } from '../../app/problem.ts'
import { useRecordWords } from '../record-words.ts'

const TOLD = ['too-large', 'storage-full', 'rate-limited', 'conflict', 'invalid-input'] as const

/** Why an upload failed, and what to do about it. */
export function useUploadProblem(): (error: unknown) => string {
  const { t } = useRecordWords()
  const problem = useProblem()
  return (error) => {
    const code = isCuroError(error) ? TOLD.find((one) => one === error.code) : undefined
    return code === undefined ? problem(error) : t(`upload.problems.${code}`)
  }
}
