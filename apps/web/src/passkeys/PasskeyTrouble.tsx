import { Notice } from '../app/Notice.tsx'
import { usePasskeyProblem } from './use-passkey-problem.ts'

export default function PasskeyTrouble({ error }: { error: unknown }) {
  const problem = usePasskeyProblem()
  return <Notice kind="problem">{problem(error)}</Notice>
}
