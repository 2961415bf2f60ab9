import { parseAddCheckpoint } from '@curo/ledger/add-checkpoint'
import { answerAddCheckpoint, type WitnessAnswer } from '@curo/ledger/witness'
import type { Logger } from '../context.ts'
import type { Cosign } from './cosigner-keys.ts'
import type { WitnessHeads } from './witness-store.ts'

export type Witness = { heads: WitnessHeads; cosign: Cosign; clock: () => Date; log: Logger }

/**
 * Answers `POST add-checkpoint` (tlog-witness): checks, replaces the stored head, and only then signs. A request that
 * the log signed but that does not extend what it had shown is kept as proof.
 */
export async function addCheckpoint(
  { heads, cosign, clock, log }: Witness,
  body: string,
): Promise<WitnessAnswer> {
  const answer = await answerAddCheckpoint({ body, store: heads, cosign: (text) => cosign(text, clock()) })
  if (answer.status === 200) await keepForMonitors(heads, body, answer.body)
  if (answer.status === 422) {
    const { origin } = parseAddCheckpoint(body).checkpoint
    if (
      await heads.raiseAlarm({
        origin,
        reason: 'A checkpoint does not extend the one before.',
        evidence: body,
      })
    )
      log.error({ origin }, 'a log signed a checkpoint that does not extend its last one')
  }
  return answer
}

async function keepForMonitors(heads: WitnessHeads, body: string, lines: string): Promise<void> {
  const { checkpoint } = parseAddCheckpoint(body)
  const note = body.slice(body.indexOf('\n\n') + 2)
  const head = { size: checkpoint.size, root: checkpoint.root }
  await heads.keepCosigned({ origin: checkpoint.origin, head, note: note + lines })
}
