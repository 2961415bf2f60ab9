import type { PictureReader } from './picture-reader.ts'
import type { ReadOutcome } from './read-picture.ts'

/** Looks for a card in a picture file; undefined for a file that the browser cannot open as a picture. */
export async function readPictureFile(file: Blob, reader: PictureReader): Promise<ReadOutcome | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  return picture && reader.read(picture, 'photo')
}
