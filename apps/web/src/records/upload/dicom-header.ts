import { parseDicom } from 'dicom-parser'
import type { DicomHeader } from './guess-file.ts'

/** Enough for what stands before the pixels. */
const HEADER_BYTES = 256 * 1024
/** Patient's name: beyond it there is nothing wanted here. */
const UNTIL = 'x00100010'

/** When a DICOM image was made and what of; empty where it does not say, or is none. */
export async function dicomHeaderOf(file: Blob): Promise<DicomHeader> {
  const bytes = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer())
  try {
    const set = parseDicom(bytes, { untilTag: UNTIL })
    const day = set.string('x00080020')?.match(/^(\d{4})\.?(\d{2})\.?(\d{2})/)
    return {
      date: day ? `${day[1]}-${day[2]}-${day[3]}` : undefined,
      description: set.string('x00081030') ?? set.string('x0008103e'),
    }
  } catch {
    return {}
  }
}
