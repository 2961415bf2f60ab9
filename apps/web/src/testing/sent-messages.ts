import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestNode } from '@curo/node/testing/test-node'
import { vi } from 'vitest'

type Sent = { to: string; text: string }

/** What the demo hospital's telephones and letter boxes got, oldest first: files in its outbox folder. */
export async function sentTo(node: TestNode, to: string): Promise<Sent[]> {
  const folder = join(node.context.config.dataFolder, 'outbox')
  const names = await readdir(folder).catch(() => [])
  const all = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Sent),
  )
  return all.filter((message) => message.to === to)
}

/** The next message to this number that says what is looked for, after the first `from` ones. */
export async function nextMessage(
  node: TestNode,
  { to, from, saying }: { to: string; from: number; saying: RegExp },
): Promise<RegExpExecArray> {
  return vi.waitFor(
    async () => {
      for (const { text } of (await sentTo(node, to)).slice(from)) {
        const found = saying.exec(text)
        if (found) return found
      }
      throw new Error(`No message to this number says ${saying}.`)
    },
    { timeout: 60_000, interval: 200 },
  )
}
