import { makeCardProof } from '@curo/client/cards'
import { findByCard } from '@curo/contract/cards'
import { findTags } from '@curo/contract/ledger'
import type { RouteDefinition } from '@curo/contract/route'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { importSigningKey } from '@curo/crypto/signatures'
import { findNextTags } from '@curo/ledger/find-tags'
import { chainTags } from '@curo/ledger/tags'
import type { NodeContext } from '@curo/node/context'
import { type BenchNode, ORIGIN, withNode } from './bench-node.ts'
import { admitPatient, type Clinic, staffClinic, type Visitor } from './clinic.ts'
import { closeConnections, postJson } from './http-post.ts'
import { closedLoop } from './ledger.ts'
import { makeOpenings, makePatients, untilPublished } from './ledger-events.ts'
import { type Figure, type Measure, paired, type Size, secondsOf, timeFigure } from './measure.ts'

/** Puts `count` entries into her chain, among those of others. */
async function fillLog(
  { context }: BenchNode,
  { patient, count, others }: { patient: string; count: number; others: number },
): Promise<void> {
  const doctor = await importSigningKey(randomBytes(32))
  const strangers = await makePatients(context, 100)
  const own = await makeOpenings({ count, patients: [patient], doctor })
  const foreign = await makeOpenings({ count: others, patients: strangers, doctor })
  const before = await logSize(context)
  await closedLoop([...own, ...foreign], 256, (event) => context.ledger.submitAlone([event]))
  await untilPublished(context, before + count + others)
  // As on a node that has been running: what PostgreSQL plans with is up to date.
  await context.pool.query('VACUUM ANALYZE ledger_entries')
}

async function logSize({ pool }: NodeContext): Promise<number> {
  const { rows } = await pool.query<{ total: string }>('SELECT count(*)::int AS total FROM ledger_entries')
  return Number(rows[0]?.total)
}

/** The bodies of the requests that a card's scan makes: who she is, then her tags until no more are found. */
async function prepareCalls({ doctor }: Clinic, { card }: Visitor, count: number) {
  const { lookupKey, lookupEpoch } = card.payload
  const tag = chainTags({ lookupKey, origin: ORIGIN, epoch: lookupEpoch })
  const batches: Uint8Array[][] = []
  let known = 0
  const lookup = async (tags: Uint8Array[]) => {
    batches.push(tags)
    return tags.map(() => (known++ < count ? true : null))
  }
  await findNextTags({ tag, lookup })
  const proof = await makeCardProof(card, doctor.account.id)
  return {
    batches,
    calls: [
      { route: findByCard as RouteDefinition, body: JSON.stringify({ proof }) },
      ...batches.map((tags) => ({
        route: findTags as RouteDefinition,
        body: JSON.stringify({ tags: tags.map(toBase64Url) }),
      })),
    ],
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  const [entries, others] = size === 'full' ? [2000, 30_000] : [20, 50]
  return await withNode(async (node) => {
    const clinic = await staffClinic(node)
    const visitor = await admitPatient(clinic)
    // One more stands there already: her registration.
    await fillLog(node, { patient: visitor.found.patient, count: entries - 1, others })
    const { calls, batches } = await prepareCalls(clinic, visitor, entries)
    const token = clinic.doctor.api.token ?? ''
    const ask = async () => {
      let found = 0
      for (const { route, body } of calls) {
        const text = (await postJson(node.address + route.path, { token, body })).toString()
        if (route.name === findTags.name) found += text.split('"tag":').length - 1
      }
      if (found !== entries) throw new Error(`${found} of ${entries} entries were found.`)
    }
    const tags = batches.map((batch) => batch.map((one) => Buffer.from(one)))
    const query = async () => {
      for (const batch of tags)
        await node.context.pool.query(
          'SELECT tag, leaf_index, entry FROM ledger_entries WHERE tag = ANY($1)',
          [batch],
        )
    }
    const pair = await paired({
      subject: () => secondsOf(ask),
      baseline: () => secondsOf(query),
      runs: size === 'full' ? 21 : 1,
      warmUps: size === 'full' ? 5 : 0,
    })
    closeConnections()
    return [
      timeFigure(pair, {
        part: `a patient with ${entries} entries among ${others}`,
        baselineName: 'only the tags, asked of PostgreSQL directly',
        must: [{ of: 'value', atMost: 50 }],
      }),
    ]
  })
}

export const measures: readonly Measure[] = [
  {
    name: 'find',
    what: 'who the card belongs to and where all her entries stand: every answer of the node',
    run,
  },
]
