import { isCuroError } from '@curo/crypto/errors'
import { formatVkey, type NoteKey } from '@curo/ledger/keys'
import type { Policy, PolicyWitness } from '@curo/ledger/policy'
import { judgeFork } from '@curo/ledger/witness-client'
import type { Logger } from '../context.ts'
import { readHead, type Stopped, stopLog } from '../ledger/head.ts'
import { ownProofs, ownRoots } from '../ledger/own-proofs.ts'
import type { Executor } from '../ledger/sql.ts'
import type { TileFolder } from '../ledger/tile-folder.ts'
import { askWitness, isFinal, mergeCosignatures, type WitnessOutcome } from './ask-witnesses.ts'
import { readPolicy } from './policy-store.ts'
import { fetchWitnessed } from './witness-client.ts'
import { noteCosigned, noteFault, readWitnessStates } from './witness-log.ts'

/** No witness holds up the others; one that takes longer than this has not answered. */
const ASK_TIMEOUT_MS = 5_000

type AskedWitness = PolicyWitness & { url: string }

export type GatherOptions = {
  note: string
  size: number
  waitForAll?: boolean
  timeoutMs?: number
  /** Gives up early, when the node stops. */
  signal?: AbortSignal
  onFinal: (note: string) => Promise<void>
}

export type Gathered = {
  /** Witnesses of the policy that can be asked at all, and how many of them have answered usefully. */
  witnesses: number
  cosigned: number
  /** The note with its cosignatures, if they make a quorum. */
  final: string | null
  /** What a witness could prove against this log; it is stopped already. */
  stopped: Stopped | null
}

/** The owner's side of witnessing: asks the policy's witnesses to cosign this node's checkpoints. */
export class Cosigners {
  readonly #executor: Executor
  readonly #folder: TileFolder
  readonly #logKey: NoteKey
  readonly #log: Logger
  /** A slow witness is not asked again while it still owes an answer. */
  readonly #busy = new Set<string>()

  constructor({
    executor,
    folder,
    logKey,
    log,
  }: { executor: Executor; folder: TileFolder; logKey: NoteKey; log: Logger }) {
    this.#executor = executor
    this.#folder = folder
    this.#logKey = logKey
    this.#log = log
  }

  /**
   * Asks all witnesses at once. Resolves at a quorum, or when all have answered or run out of time; with
   * `waitForAll` only the latter. `onFinal` is called at the quorum and again for each cosignature after it.
   */
  async gather({
    note,
    size,
    waitForAll = false,
    timeoutMs = ASK_TIMEOUT_MS,
    signal = new AbortController().signal,
    onFinal,
  }: GatherOptions): Promise<Gathered> {
    const policy = await readPolicy(this.#executor)
    const witnesses = policy.witnesses.filter((witness): witness is AskedWitness => witness.url !== undefined)
    const gathered: Gathered = { witnesses: witnesses.length, cosigned: 0, final: null, stopped: null }
    const notes = [note]
    let answered = Promise.resolve()
    const take = async (witness: AskedWitness, outcome: WitnessOutcome): Promise<void> => {
      if (outcome.outcome !== 'cosigned') {
        gathered.stopped ??= await this.#fault(witness, outcome)
        return
      }
      gathered.cosigned++
      notes.push(outcome.note)
      await noteCosigned(this.#executor, { vkey: formatVkey(witness.key), size })
      const merged = mergeCosignatures(notes)
      if (!(await this.#isFinal(policy, merged))) return
      gathered.final = merged
      await onFinal(merged)
    }
    await new Promise<void>((resolve, reject) => {
      let open = witnesses.length
      if (open === 0) resolve()
      for (const witness of witnesses) {
        void this.#ask(witness, {
          note,
          size,
          signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]),
        }).then((outcome) => {
          // One after the other, so that each merges with all before it.
          answered = answered
            .then(() => take(witness, outcome))
            .catch(reject)
            .then(() => {
              open--
              if (open === 0 || (gathered.final !== null && !waitForAll) || gathered.stopped) resolve()
            })
        })
      }
    })
    return gathered
  }

  #isFinal(policy: Policy, note: string): Promise<boolean> {
    return isFinal({ policy, logKey: this.#logKey, note })
  }

  async #ask(
    witness: AskedWitness,
    { note, size, signal }: { note: string; size: number; signal: AbortSignal },
  ): Promise<WitnessOutcome> {
    const vkey = formatVkey(witness.key)
    if (this.#busy.has(vkey)) return { outcome: 'failed', fault: 'It has not answered the last request yet.' }
    this.#busy.add(vkey)
    try {
      const [head, states] = await Promise.all([readHead(this.#executor), readWitnessStates(this.#executor)])
      const latestSize = Math.max(size, head?.publishedSize ?? 0)
      return await askWitness({
        witness,
        note,
        size,
        ownSize: Math.max(size, head?.size ?? 0),
        known: states.get(vkey)?.lastSize ?? 0,
        proofs: ownProofs({ folder: this.#folder, size, latestSize }),
        signal,
      })
    } catch (err) {
      this.#log.error({ err, witness: witness.name }, 'a witness could not be asked')
      return { outcome: 'failed', fault: 'It could not be asked.' }
    } finally {
      this.#busy.delete(vkey)
    }
  }

  /** Writes the fault down; stops the log if the witness holds proof, signed by our own key, that it forked. */
  async #fault(
    witness: AskedWitness,
    outcome: Exclude<WitnessOutcome, { outcome: 'cosigned' }>,
  ): Promise<Stopped | null> {
    await noteFault(this.#executor, { vkey: formatVkey(witness.key), fault: outcome.fault })
    if (outcome.outcome === 'failed') return null
    const verdict = await this.#judge(witness)
    this.#log.error(
      { witness: witness.name, claim: outcome.fault, verdict },
      'a witness contradicts this log',
    )
    if (verdict !== 'proven') return null
    const head = await readHead(this.#executor)
    const isBehind = outcome.seenSize !== null && outcome.seenSize > (head?.size ?? 0)
    const stopped: Stopped = isBehind
      ? { why: 'behind', reason: `${witness.name} has cosigned ${outcome.seenSize} entries of this log.` }
      : { why: 'fork', reason: `${witness.name} holds another signed history of this log.` }
    await stopLog(this.#executor, stopped)
    return stopped
  }

  async #judge(witness: AskedWitness): Promise<'proven' | 'refuted' | 'unproven' | 'unknown'> {
    try {
      const signal = AbortSignal.timeout(ASK_TIMEOUT_MS)
      const evidence = await fetchWitnessed({ url: witness.url, origin: this.#logKey.name, signal })
      if (evidence === null) return 'unproven'
      const rootAt = ownRoots(this.#executor, this.#folder)
      return await judgeFork({ evidence, origin: this.#logKey.name, logKeys: [this.#logKey], rootAt })
    } catch (error) {
      if (isCuroError(error, 'unavailable', 'too-large')) return 'unknown'
      throw error
    }
  }
}
