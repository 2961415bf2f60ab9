import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Writes what Chromium's fake camera shows (--use-file-for-fake-video-capture): JPEGs one after the other, 30 a second, over
 * and over. Frames are base64, each shown `times` times.
 */
export async function writeCameraClip(frames: { jpeg: string; times: number }[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-camera-'))
  const path = join(folder, 'clip.mjpeg')
  await writeFile(
    path,
    Buffer.concat(frames.flatMap(({ jpeg, times }) => Array(times).fill(Buffer.from(jpeg, 'base64')))),
  )
  return path
}
