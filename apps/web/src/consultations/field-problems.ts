import type { FormProblem } from '@curo/fhir/consultation'
import { createContext, use } from 'react'
import { useWords } from '../app/words.ts'

/** What is wrong, once one has asked to sign; until then nobody is told that a field is empty. */
export const FieldProblems = createContext<readonly FormProblem[]>([])

/** What to say at a field: `fault('prescriptions.0.dose')`, undefined where nothing is wrong. */
export function useFaults(): (path: string) => string | undefined {
  const { t } = useWords('consultations')
  const problems = use(FieldProblems)
  const say = t as unknown as (key: string, values?: Readonly<Record<string, string | number>>) => string
  return (path) => {
    const problem = problems.find((one) => one.path === path)
    return problem && say(`problems.${problem.key}`, problem.values)
  }
}
