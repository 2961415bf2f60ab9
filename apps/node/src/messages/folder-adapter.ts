import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Adapter } from './delivery.ts'

/**
 * The default: each message becomes a file that the operator reads, `<time>-<n>-<channel>.json`, mode 0600. The
 * same message delivered twice is one file.
 */
export function folderAdapter(folder: string): Adapter {
  return async ({ no, channel, to, subject, text, createdAt }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const time = createdAt.toISOString().replace(/[-:.]/g, '')
    const name = join(folder, `${time}-${no}-${channel}.json`)
    const at = createdAt.toISOString()
    const content = channel === 'email' ? { to, subject, text, at } : { to, text, at }
    const file = await open(`${name}.unfinished`, 'w', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(content, null, 2)}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(`${name}.unfinished`, name)
  }
}
