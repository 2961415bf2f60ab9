import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Bytes of its own (not of files mapped) that the pages' processes below `parent` have in memory. */
async function pagesBytes(parent: number): Promise<number> {
  const parents = new Map<number, number>()
  const pages: { id: number; bytes: number }[] = []
  for (const id of (await readdir('/proc')).map(Number).filter((number) => number > 0)) {
    const [status, command] = await Promise.all(
      ['status', 'cmdline'].map((name) => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '')),
    )
    const numberOf = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status ?? '')?.[1] ?? 0)
    parents.set(id, numberOf('PPid'))
    if (command?.includes('--type=renderer'))
      pages.push({ id, bytes: 1024 * (numberOf('RssAnon') + numberOf('RssShmem')) })
  }
  const isBelow = (id: number | undefined): boolean =>
    id !== undefined && id > 1 && (id === parent || isBelow(parents.get(id)))
  return pages.filter(({ id }) => isBelow(id)).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** By how many bytes the memory of a browser's pages grew at most while `work` ran. */
export async function pagesGrowth(parent: number, work: () => Promise<void>): Promise<number> {
  const before = await pagesBytes(parent)
  let most = before
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, await pagesBytes(parent))
      await pause(200)
    }
  })()
  try {
    await work()
  } finally {
    isOver = true
    await watching
  }
  return most - before
}
