// The doctor's side of `open-chart`. It runs as it is in Node and, bundled, in a browser.
import { resumeSession, type SavedSession } from '@curo/client/accounts'
import { findByCard, readCard } from '@curo/client/cards'
import { connect } from '@curo/client/connection'
import { listTimeline, openRecords } from '@curo/client/openings'

export type ChartTask = {
  node: string
  session: SavedSession
  /** What the card's QR says. */
  scanned: string
  consent: string
  records: number
  /** Where the same records lie as plain JSON. */
  plain: string
  runs: number
}

/** Milliseconds of each run, in turn. */
export type ChartTimes = { sealed: number[]; plain: number[] }

type Shown = { resourceType: string; id: string }

/**
 * From the scan to everything on the screen: the card is read and its patient found, keys verified back to the card,
 * the timeline opened, every record opened and decrypted and its JSON parsed. Throws unless all of it is there.
 */
async function openChart(
  person: Awaited<ReturnType<typeof resumeSession>>,
  task: ChartTask,
): Promise<Shown[]> {
  const card = await readCard(task.scanned)
  const { patient, keys } = await findByCard(person, card)
  const reader = { via: 'card' as const, card }
  const { entries } = await listTimeline(person, { patient, consent: task.consent, reader })
  const records = entries.map(({ id }) => id)
  const opened = await openRecords(person, { patient, consent: task.consent, reader, records, keys })
  return opened.map((record) => {
    if (record.fault) throw record.fault
    return JSON.parse(new TextDecoder().decode(record.content ?? new Uint8Array())) as Shown
  })
}

async function readPlain({ plain }: ChartTask): Promise<Shown[]> {
  return (await (await fetch(plain, { cache: 'no-store' })).json()) as Shown[]
}

/** Both in turn. Nothing is warmed up: the first run is the first chart that this client opens. */
export async function runChart(task: ChartTask): Promise<ChartTimes> {
  const person = await resumeSession(await connect({ node: task.node }), task.session)
  const times: ChartTimes = { sealed: [], plain: [] }
  const time = async (into: number[], work: () => Promise<Shown[]>) => {
    const started = performance.now()
    const shown = await work()
    into.push(performance.now() - started)
    const different = new Set(shown.map(({ id, resourceType }) => `${resourceType}/${id}`)).size
    if (different !== task.records) throw new Error(`${different} of ${task.records} records are there.`)
  }
  for (let run = 0; run < task.runs; run++) {
    await time(times.sealed, () => openChart(person, task))
    await time(times.plain, () => readPlain(task))
  }
  return times
}
