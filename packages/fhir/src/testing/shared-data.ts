import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))

/** True where the sample data stands beside the repository; tests that need it skip otherwise. */
export const hasSharedData = existsSync(`${folder}synthea`)

/** What a skipped test says. */
export const SHARED_DATA = 'sample data in ../shared/data'

/** File names and texts of the Synthea bundles, the largest first. */
export function syntheaBundles(): { name: string; text: string }[] {
  return readdirSync(`${folder}synthea`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, text: readFileSync(`${folder}synthea/${name}`, 'utf8') }))
    .sort((a, b) => b.text.length - a.text.length)
}

/** `samples/dicom`, `samples/hl7v2`, `samples/ccda`. */
export function sampleFiles(kind: 'dicom' | 'hl7v2' | 'ccda'): { name: string; bytes: Uint8Array }[] {
  const path = `${folder}samples/${kind}/`
  return readdirSync(path).map((name) => ({ name, bytes: new Uint8Array(readFileSync(path + name)) }))
}
