import { CuroError } from '@curo/crypto/errors'

export type HeldUpload = { release: () => void }

const nameOf = (id: string) => `curo.upload.${id}`

/**
 * Two windows never go on with the same upload; the browser lets go of a closed one's by itself.
 * @throws CuroError 'conflict' where another window has it
 */
export async function holdUpload(id: string): Promise<HeldUpload> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(nameOf(id), { ifAvailable: true }, (lock) => {
        if (!lock) throw new CuroError('conflict', 'Another window of this browser is uploading this file.')
        return new Promise<void>((release) => resolve({ release }))
      })
      .catch(reject)
  })
}

export async function isHeldElsewhere(id: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === nameOf(id))
}
