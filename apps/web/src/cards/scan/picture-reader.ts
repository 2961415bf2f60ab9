import { trustedScript } from '../../app/trusted.ts'
import type { ScanReply, ScanRequest } from './messages.ts'
import type { Pixels } from './pixels.ts'
import type { ReadOutcome } from './read-picture.ts'
import workerUrl from './scan-worker.ts?worker&url'

export type PictureReader = {
  /** Looks for a card in a frame of a camera or in a photograph; the bitmap is used up. Throws when the reader is closed. */
  read(picture: ImageBitmap | Pixels, effort: ScanRequest['effort']): Promise<ReadOutcome>
  close(): void
}

type Waiting = { resolve: (outcome: ReadOutcome) => void; reject: (error: Error) => void }

/** Starts the Worker that reads QR codes. */
export function openPictureReader(): PictureReader {
  const worker = new Worker(trustedScript(workerUrl), { type: 'module', name: 'curo-scan' })
  const waiting = new Map<number, Waiting>()
  let count = 0
  const failAll = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<ScanReply>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('outcome' in data) asked?.resolve(data.outcome)
    else asked?.reject(new Error(data.failed))
  })
  worker.addEventListener('error', () =>
    failAll('The scanner could not be loaded. Check the connection and try again.'),
  )
  return {
    read: (picture, effort) =>
      new Promise((resolve, reject) => {
        const request: ScanRequest = { id: count++, picture, effort }
        waiting.set(request.id, { resolve, reject })
        worker.postMessage(request, picture instanceof ImageBitmap ? [picture] : [picture.data.buffer])
      }),
    close() {
      worker.terminate()
      failAll('The scanner was closed.')
    },
  }
}
