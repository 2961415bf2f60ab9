import { decodeEntry } from '@curo/ledger/entries'
import { type Link, parseLink, tagDigest } from '@curo/ledger/links'
import { chainTag } from '@curo/ledger/tags'
import { afterEach, expect, test } from 'vitest'
import { makeRegion } from '../network/testing/region.ts'
import type { TestNode } from '../testing/test-node.ts'
import { writeLinks } from './links.ts'
import { meetPatients, sampleEvent, untilLogHas } from './testing/sample-events.ts'

let nodes: TestNode[] = []
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.stop()))
})

async function linksOf({ context }: TestNode): Promise<Link[]> {
  const { rows } = await context.pool.query<{ entry: Buffer }>(
    'SELECT entry FROM ledger_entries WHERE tag IS NULL ORDER BY position',
  )
  return rows
    .map(({ entry }) => decodeEntry(entry))
    .flatMap((entry) => (entry.class === 'link' ? [parseLink(entry.json)] : []))
}

test('once a day the log writes the digest of its new tags and the checkpoints of the logs it witnesses', async () => {
  nodes = await makeRegion(2, 1)
  const [own, other] = nodes as [TestNode, TestNode]
  own.clock.set('2026-03-02T00:20:00.000Z')
  const [patient] = await meetPatients(own.context, 1)
  const [theirs] = await meetPatients(other.context, 1)
  if (!patient || !theirs) throw new Error('no patients')
  await own.context.ledger.submitAlone(Array.from({ length: 300 }, () => sampleEvent(patient.patient)))
  await other.context.ledger.submitAlone([sampleEvent(theirs.patient)])
  await untilLogHas(own.context, 'publishedSize', 300)
  await untilLogHas(other.context, 'finalSize', 1)

  await writeLinks(own.context)
  await writeLinks(own.context)
  const tags = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) =>
      chainTag({ chainKey: patient.chainKey, origin: 'h0.test/log', counter: from + at }),
    )
  const first = await linksOf(own)
  expect(first).toEqual([
    { v: 1, kind: 'tags', day: '2026-03-01', first: 0, end: 300, ...tagDigest(tags(0, 300)) },
    { v: 1, kind: 'checkpoint', note: expect.stringContaining('h1.test/log\n1\n') },
  ])
  await untilLogHas(own.context, 'publishedSize', 302)
  await own.context.ledger.submitAlone([sampleEvent(patient.patient)])
  await untilLogHas(own.context, 'publishedSize', 303)
  own.clock.set('2026-03-03T00:20:00.000Z')
  await writeLinks(own.context)
  expect((await linksOf(own))[2]).toEqual({
    v: 1,
    kind: 'tags',
    day: '2026-03-02',
    first: 300,
    end: 303,
    ...tagDigest(tags(300, 301)),
  })
})
