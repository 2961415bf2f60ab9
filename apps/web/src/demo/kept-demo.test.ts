import { utf8Text } from '@curo/crypto/bytes'
import { deriveDeviceKey } from '@curo/crypto/device-key'
import { expect, test } from 'vitest'
import { KeptDemo, type Rows } from './kept-demo.ts'

function makeRows() {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const rows: Rows = {
    get: async (id) => kept.get(id),
    put: async (id, sealed) => void kept.set(id, sealed),
    ids: async (prefix) => [...kept.keys()].filter((id) => id.startsWith(prefix)).sort(),
  }
  return { kept, rows }
}

const keyOf = (seed: number) => deriveDeviceKey(new Uint8Array(32).fill(seed), 'demo')
const PLAN = {
  password: 'river stone lantern',
  patients: 2,
  seed: 'curo',
  progress: { patients: 1, done: 10, all: 20 },
  finishedAt: null,
}

test('cards, steps and the password come back, and only they', async () => {
  const { rows } = makeRows()
  const demo = new KeptDemo({ account: 'leela', key: await keyOf(1), rows })
  expect(await demo.plan()).toBeNull()
  expect(await demo.cardOf('asha')).toBeNull()
  await demo.putPlan(PLAN)
  await demo.keepCard('asha', { card: 'card one', recoveryCode: 'first' })
  await demo.keepCard('asha', { card: 'card two', recoveryCode: 'second' })
  await demo.keepCard('bela', { card: 'card three', recoveryCode: 'third' })
  await demo.setDone('asha: complete')
  const again = new KeptDemo({ account: 'leela', key: await keyOf(1), rows })
  expect(await again.plan()).toEqual(PLAN)
  expect(await again.cardOf('asha')).toBe('card two')
  expect(await again.cards()).toEqual([
    { key: 'asha', card: 'card two', recoveryCode: 'second' },
    { key: 'bela', card: 'card three', recoveryCode: 'third' },
  ])
  expect([await again.isDone('asha: complete'), await again.isDone('bela: complete')]).toEqual([true, false])
})

test('what lies on the disk says neither card nor password, and another administrator opens none of it', async () => {
  const { kept, rows } = makeRows()
  const demo = new KeptDemo({ account: 'leela', key: await keyOf(1), rows })
  await demo.putPlan(PLAN)
  await demo.keepCard('asha', { card: 'card one', recoveryCode: 'first' })
  await demo.setDone('asha: complete')
  for (const sealed of kept.values())
    expect(utf8Text(Uint8Array.from(sealed, (byte) => byte & 0x7f))).not.toMatch(/river|card|first|true/)
  for (const [account, seed] of [
    ['leela', 2],
    ['mira', 1],
  ] as const) {
    const other = new KeptDemo({ account, key: await keyOf(seed), rows })
    expect([await other.plan(), await other.cardOf('asha'), await other.cards()]).toEqual([null, null, []])
    expect(await other.isDone('asha: complete')).toBe(false)
  }
})

test('attack: a sealed row that is moved to another name counts for nothing', async () => {
  const { kept, rows } = makeRows()
  const demo = new KeptDemo({ account: 'leela', key: await keyOf(1), rows })
  await demo.setDone('asha: complete')
  const sealed = kept.get('leela/step/asha: complete')
  if (!sealed) throw new Error('Nothing was kept.')
  kept.set('leela/step/bela: complete', sealed)
  expect(await demo.isDone('bela: complete')).toBe(false)
})
