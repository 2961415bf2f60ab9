import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallOptions } from '@curo/client/api'
import { CuroError } from '@curo/crypto/errors'

type Opened = {
  record: string
  envelope: { kind: string; category: string; occurred: string }
  content: Uint8Array | null
  read(options?: CallOptions): AsyncIterable<Uint8Array>
}

/** A new folder for opened records, which only its owner can read. */
export class OutputFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** @throws CuroError 'conflict' when it exists: opened records are never mixed with something else */
  static async create(path: string): Promise<OutputFolder> {
    try {
      await mkdir(path, { mode: 0o700 })
    } catch (cause) {
      const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST'
      throw new CuroError(
        exists ? 'conflict' : 'invalid-input',
        exists ? `${path} exists already; name a new folder.` : `${path} cannot be made.`,
        { cause },
      )
    }
    return new OutputFolder(path)
  }

  /** Writes one record; its name appears only when the whole content was verified. */
  async write(opened: Opened, options: CallOptions): Promise<string> {
    const { kind, category, occurred } = opened.envelope
    const extension = kind === 'File' ? 'bin' : 'json'
    const name = `${occurred}-${category}-${kind}-${opened.record}.${extension}`
    const unfinished = join(this.path, `.${opened.record}.part`)
    const file = await open(unfinished, 'wx', 0o600)
    try {
      if (opened.content) await file.writeFile(opened.content)
      else for await (const piece of opened.read(options)) await file.write(piece)
    } catch (error) {
      await file.close()
      await rm(unfinished, { force: true })
      throw error
    }
    await file.close()
    await rename(unfinished, join(this.path, name))
    return name
  }
}
