import type { Pixels } from './pixels.ts'
import type { ReadOutcome } from './read-picture.ts'

/** What the page asks its scanning Worker. The picture is handed over, not copied. */
export type ScanRequest = {
  id: number
  picture: ImageBitmap | Pixels
  /** A frame of a camera is read quickly, a photograph thoroughly. */
  effort: 'frame' | 'photo'
}

export type ScanReply = { id: number; outcome: ReadOutcome } | { id: number; failed: string }
