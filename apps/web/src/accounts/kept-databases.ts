const PREFIX = 'curo-kept-'

/** Where this browser keeps, sealed, what an account reads without a network: [Note: what a device keeps]. */
export const keptDatabaseName = (account: string): string => `${PREFIX}${account}`

/** Deletes what is kept for accounts; all but `account`'s where one is given. */
export async function deleteKeptDatabases(given: { butOf?: string } = {}): Promise<void> {
  const own = given.butOf === undefined ? undefined : keptDatabaseName(given.butOf)
  const databases = await indexedDB.databases()
  await Promise.all(
    databases.map(({ name }) => {
      if (!name?.startsWith(PREFIX) || name === own) return undefined
      return new Promise<void>((resolve) => {
        const deleting = indexedDB.deleteDatabase(name)
        // Another tab may hold it for a moment: it is deleted as soon as that one lets go.
        for (const event of ['success', 'error', 'blocked']) deleting.addEventListener(event, () => resolve())
      })
    }),
  )
}
