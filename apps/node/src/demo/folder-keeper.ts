import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DemoKeeper } from '@curo/client/demo/keeper'
import { CuroError } from '@curo/crypto/errors'

const CODE_WAIT_MS = 30_000

type Options = {
  /** For cards, recovery codes and what is done; private to its owner. */
  folder: string
  /** Where a node without a gateway leaves its messages. */
  outbox?: string | undefined
}

/** Keeps a demo's cards and its progress in files; each appears whole or not at all. */
export async function openFolderKeeper({ folder, outbox }: Options): Promise<DemoKeeper> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stepsFile = join(folder, 'steps.json')
  const steps = new Set<string>(await readSteps(stepsFile))
  return {
    async keepCard(key, { card, recoveryCode }) {
      await writeWhole(join(folder, `recovery-code-of-${nameOf(key)}.txt`), `${recoveryCode}\n`)
      await writeWhole(join(folder, `card-of-${nameOf(key)}.txt`), `${card}\n`)
    },
    async cardOf(key) {
      const text = await readFile(join(folder, `card-of-${nameOf(key)}.txt`), 'utf8').catch(() => '')
      return text.trim() === '' ? null : text.trim()
    },
    async isDone(step) {
      return steps.has(step)
    },
    async setDone(step) {
      steps.add(step)
      await writeWhole(stepsFile, `${JSON.stringify([...steps], null, 1)}\n`)
    },
    codeSentTo: outbox === undefined ? undefined : (phone, since) => codeIn(outbox, { phone, since }),
  }
}

/** 'meenakshi-sundaresan' → 'meenakshi'; 'patient-0017' stays. */
const nameOf = (key: string) => (key.startsWith('patient-') ? key : (key.split('-')[0] ?? key))

async function readSteps(file: string): Promise<string[]> {
  try {
    const steps: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Array.isArray(steps) ? steps.filter((step) => typeof step === 'string') : []
  } catch {
    // Without it every step is looked at again, and finds itself done.
    return []
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.part`
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** The newest code that went to a telephone since then. @throws CuroError 'unavailable' after half a minute */
async function codeIn(outbox: string, { phone, since }: { phone: string; since: Date }): Promise<string> {
  for (const deadline = Date.now() + CODE_WAIT_MS; Date.now() < deadline; await pause(50)) {
    const names = await readdir(outbox).catch(() => [])
    for (const name of names
      .filter((one) => one.endsWith('.json'))
      .sort()
      .reverse()) {
      const message = await readMessage(join(outbox, name))
      if (!message || new Date(message.at) < since) break
      const code = message.to === phone ? message.text.match(/\b[0-9]{6}\b/)?.[0] : undefined
      if (code !== undefined) return code
    }
  }
  throw new CuroError('unavailable', 'The code for an invented patient did not arrive in the outbox.')
}

async function readMessage(path: string): Promise<{ to: string; text: string; at: string } | null> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => 'null'))
}
