import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeCardProof } from '@curo/client/cards'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { openRecords } from '@curo/contract/openings'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import type { LedgerBody, LedgerEvent, NodeContext } from '@curo/node/context'
import { withNode } from './bench-node.ts'
import { admitPatient, askConsent, type Clinic, staffClinic, type Visitor, writeRecords } from './clinic.ts'
import { closeConnections, postJson } from './http-post.ts'
import { type Figure, type Measure, paired, type Size, timeFigure } from './measure.ts'
import type { ReadingTask } from './reading-program.ts'

const CLIENTS = 16
const PROGRAM = fileURLToPath(new URL('./reading-program.js', import.meta.url))

/**
 * Lets the append of openings be left out of a running node, here and nowhere else: everything before and after it —
 * session, signatures, consent, card, scope, the look at the receipt, mediation, the second look at the consent, the
 * answer — stays as it is. `sample` is an earlier receipt; an answer needs one, with the asker's own statement in it.
 */
function switchableAppend(context: NodeContext, sample: LedgerReceipt): { set(on: boolean): void } {
  const { ledger } = context
  const append = ledger.submitAlone.bind(ledger)
  const { statements = [] } = JSON.parse(sample.body) as LedgerBody
  const [before, after] = sample.body.split(JSON.stringify(statements)) as [string, string]
  let isOn = true
  ledger.submitAlone = async (events: readonly LedgerEvent[]) => {
    const [event] = events
    if (isOn || event?.kind !== 'opening') return await append(events)
    return [{ ...sample, body: `${before}${JSON.stringify(event.statements)}${after}` }]
  }
  return {
    set(on) {
      isOn = on
    },
  }
}

/** Openings ready to be sent, each signed by the doctor and with a fresh proof that the card is in hand. */
async function prepareOpenings(
  { doctor }: Clinic,
  { card, found }: Visitor,
  given: { consent: string; records: readonly string[]; perOpening: number; count: number },
): Promise<string[]> {
  const { consent, records, perOpening, count } = given
  const bodies: string[] = []
  for (let at = 0; at < count; at++) {
    const chosen = Array.from(
      { length: perOpening },
      (_, i) => records[(at * perOpening + i) % records.length],
    )
    const body = {
      ...{ v: 1, id: randomId(), patient: found.patient, account: doctor.account.id, consent, via: 'card' },
      ...{ records: chosen, at: new Date().toISOString() },
    }
    const request = await signBody({ kind: 'opening-request', body, key: doctor.identity })
    bodies.push(JSON.stringify({ request, proof: await makeCardProof(card, doctor.account.id) }))
  }
  return bodies
}

/** The clients, in a process of their own. Each run resolves to seconds. */
async function startClients(): Promise<{ run(task: ReadingTask): Promise<number>; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers: Interface = createInterface({ input: child.stdout })
  const ended = once(child, 'exit')
  return {
    async run(task) {
      const answer = once(answers, 'line')
      child.stdin.write(`${JSON.stringify(task)}\n`)
      const [line] = (await Promise.race([answer, ended.then(() => ['nothing'])])) as [string]
      const seconds = Number(line)
      if (!Number.isFinite(seconds)) throw new Error('The clients failed.')
      return seconds
    },
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

async function measureReads(
  given: { address: string; clinic: Clinic; visitor: Visitor; append: { set(on: boolean): void } } & {
    consent: string
    records: readonly string[]
    perOpening: number
    size: Size
  },
): Promise<Figure> {
  const { address, clinic, visitor, append, size, perOpening } = given
  const count = CLIENTS * (size === 'full' ? Math.round(60 / Math.sqrt(perOpening)) : 1)
  const clients = await startClients()
  const run = (on: boolean) => async () => {
    const bodies = await prepareOpenings(clinic, visitor, { ...given, count })
    append.set(on)
    const task = {
      url: address + openRecords.path,
      token: clinic.doctor.api.token ?? '',
      clients: CLIENTS,
      bodies,
    }
    return (await clients.run(task)) / (count / CLIENTS)
  }
  try {
    const pair = await paired({
      subject: run(true),
      baseline: run(false),
      runs: size === 'full' ? 11 : 1,
      warmUps: size === 'full' ? 2 : 0,
    })
    return timeFigure(pair, {
      part: `${perOpening} ${perOpening === 1 ? 'record' : 'records'} an opening, ${CLIENTS} clients`,
      baselineName: 'the same, the append left out',
      must: [{ of: 'ratio', atMost: 1.15 }],
    })
  } finally {
    append.set(true)
    await clients.stop()
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  return await withNode(async ({ address, context, ...node }) => {
    const clinic = await staffClinic({ ...node, address })
    const visitor = await admitPatient(clinic)
    const records = await writeRecords(clinic, visitor, size === 'full' ? 100 : 20)
    const consent = await askConsent(clinic, visitor)
    const [first] = await prepareOpenings(clinic, visitor, { consent, records, perOpening: 1, count: 1 })
    const token = clinic.doctor.api.token ?? ''
    const answer = await postJson(address + openRecords.path, { token, body: first ?? '' })
    closeConnections()
    const { receipt } = JSON.parse(answer.toString()) as { receipt: LedgerReceipt }
    const append = switchableAppend(context, receipt)
    const figures: Figure[] = []
    for (const perOpening of [1, 20])
      figures.push(
        await measureReads({ address, clinic, visitor, append, consent, records, perOpening, size }),
      )
    return figures
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'read-audited',
    what: 'an opening with its durable ledger entry: time from request to answer',
    run,
  },
]
