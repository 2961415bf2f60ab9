import type { CastMember } from '../cast/cast.ts'
import { type DemoChart, makeChart } from '../chart.ts'
import { demoMembers } from '../members.ts'

/** The day the tests' demo is made on. */
export const TODAY = '2026-11-21'

export type Made = { member: CastMember; chart: DemoChart }

/** The whole cast and some invented people, made once for a test file. */
export function makeCharts(count: number, today = TODAY): Made[] {
  return demoMembers(count, { today }).map((member) => ({ member, chart: makeChart(member, { today }) }))
}
