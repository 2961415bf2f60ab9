import type { Page } from 'playwright-core'

/** What IndexedDB has of hers, as anybody with the disk would read it. */
export function keptRows(page: Page): Promise<{ rows: number; files: number; text: string }> {
  return page.evaluate(async () => {
    const [kept] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('curo-kept-'))
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(kept?.name ?? '')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const all = <T>(store: string) =>
      new Promise<T[]>((resolve) => {
        const asking = database.transaction(store).objectStore(store).getAll()
        asking.onsuccess = () => resolve(asking.result)
      })
    const records = await all<{ sealed: Uint8Array }>('records')
    const files = await all<{ sealed: Blob }>('files')
    database.close()
    const texts = [
      ...records.map(({ sealed }) => new TextDecoder('latin1').decode(sealed)),
      ...(await Promise.all(
        files.map(async ({ sealed }) => new TextDecoder('latin1').decode(await sealed.arrayBuffer())),
      )),
    ]
    return { rows: records.length, files: files.length, text: texts.join('\n') }
  })
}
