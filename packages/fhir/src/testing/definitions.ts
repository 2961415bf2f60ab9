import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { R4Definitions } from '../definitions.ts'
import { definitionsUrl } from '../definitions-url.ts'

const script = fileURLToPath(new URL('../../scripts/prune-definitions.mjs', import.meta.url))

/** The pruned definitions, made first where a test runs before `prepare` did or after the script was changed. */
export function readDefinitions(): R4Definitions {
  const isFresh = existsSync(definitionsUrl) && statSync(definitionsUrl).mtimeMs >= statSync(script).mtimeMs
  if (!isFresh) execFileSync(process.execPath, [script])
  return JSON.parse(readFileSync(definitionsUrl, 'utf8')) as R4Definitions
}
