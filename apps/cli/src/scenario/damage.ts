import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { getScrub, startScrub } from '@curo/client/audit'
import type { Person } from '@curo/client/person'
import type { HospitalProcess } from './hospital-process.ts'
import { must } from './step-table.ts'

const bucketsOf = (hospital: HospitalProcess) => join(hospital.dataFolder, 'buckets')

/** Objects lie in folders of two hex digits; a bucket's marker beside them is none. */
async function countObjects(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile() && /[/\\][0-9a-f]{2}$/.test(entry.parentPath)).length
}

/** Deletes everything that lies in these buckets, as if two clouds had gone. */
export async function deleteBuckets(hospital: HospitalProcess, numbers: readonly number[]): Promise<number> {
  let deleted = 0
  for (const number of numbers) {
    const folder = join(bucketsOf(hospital), String(number))
    deleted += await countObjects(folder)
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
  }
  return deleted
}

/** Waits until a scrub has rebuilt everything, and says how many objects that were. */
export async function scrubUntilWhole(admin: Person): Promise<number> {
  const deadline = Date.now() + 30 * 60_000
  const scrub = await startScrub(admin)
  for (;;) {
    const report = await getScrub(admin, scrub)
    if (report.state === 'done') {
      must(report.lost === 0, `${report.lost} objects are lost for good.`)
      return report.repaired
    }
    must(report.state === 'running', 'The scrub failed.')
    must(Date.now() < deadline, 'The scrub was not done within half an hour.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
