import { expect, test } from 'vitest'
import { brokenSteps, drawnLines } from './history-steps.ts'
import { countLooks, groupLooks, lookersIn } from './looks.ts'
import type { HistoryChecked, LookSeen } from './work-patient.ts'

const author = (account: string, key = account) => ({
  account,
  key,
  standing: 'registered' as const,
  name: `Dr ${account}`,
})
const look = (id: string, at: string, ...by: LookSeen['by']): LookSeen => ({
  id,
  at: new Date(at).toISOString(),
  what: 'records',
  by,
  records: ['r'],
  consent: 'c',
  emergency: null,
  line: { seq: 0, epoch: 0, leaf: '', index: 1, state: 'final' },
})

test('looks stand by day and person, in the order given', () => {
  const looks = [
    look('5', '2026-11-21T23:59:00', author('a')),
    look('4', '2026-11-21T10:00:00', author('b')),
    look('3', '2026-11-21T00:01:00', author('a')),
    look('2', '2026-11-20T10:00:00', author('a')),
    look('1', '2026-11-20T09:00:00', author('a', 'another key')),
    look('0', '2026-11-20T08:00:00', author('a'), author('b')),
  ]
  const said = groupLooks(looks).map(({ day, people }) => [
    day,
    ...people.map(({ looks: of }) => of.map(({ id }) => id).join('')),
  ])
  expect(said).toEqual([
    ['2026-11-21', '53', '4'],
    ['2026-11-20', '2', '1', '0'],
  ])
  expect(lookersIn(looks).map(({ count }) => count)).toEqual([3, 1, 1, 1])
  expect(countLooks(looks)).toBe(6)
})

test('a permission that was given back stands among the looks, and is none', () => {
  const looks = [
    { ...look('2', '2026-11-21T12:00:00', author('b')), what: 'given-back' as const },
    { ...look('1', '2026-11-21T11:00:00', author('a')), what: 'given-back' as const },
    look('0', '2026-11-21T10:00:00', author('a')),
  ]
  const [day] = groupLooks(looks)
  expect(day?.people.map(({ looks: of }) => [of.length, countLooks(of)])).toEqual([
    [1, 0],
    [2, 1],
  ])
  expect(lookersIn(looks).map(({ by, count }) => [by[0]?.account, count])).toEqual([['a', 1]])
})

const entry = (counter: number, kind: string | null = 'anchor') => ({
  epoch: 0,
  counter,
  index: counter,
  kind,
  at: kind && '2026-11-21T10:00:00.000Z',
})

test('each fault breaks the link of the chain that it belongs to', () => {
  const faults: HistoryChecked['faults'] = [
    { kind: 'missing', counter: 1 },
    { kind: 'replayed' },
    { kind: 'signer-unknown', counter: 2 },
    { kind: 'forged-checkpoint' },
    { kind: 'not-final' },
  ]
  const broken = brokenSteps({ faults, recordsWithheld: ['a', 'b'], recordsNotAnchored: ['c'] })
  expect(broken).toEqual({ found: 2, unaltered: 1, included: 1, witnessed: 1, shown: 3 })
})

test('a line that is missing is drawn where it should stand, and one that was not opened is no fault', () => {
  const lines = drawnLines({
    entries: [entry(0), entry(2, null), entry(3, 'opening')],
    faults: [
      { kind: 'missing', epoch: 0, counter: 1 },
      { kind: 'altered', epoch: 0, counter: 3 },
      { kind: 'not-final' },
    ],
  })
  expect(lines.map(({ counter, state, fault }) => [counter, state, fault])).toEqual([
    [0, 'good', undefined],
    [1, 'bad', 'missing'],
    [2, 'unopened', undefined],
    [3, 'bad', 'altered'],
  ])
})
