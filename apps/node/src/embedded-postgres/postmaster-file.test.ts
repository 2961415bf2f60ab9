import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isAlive } from './postmaster-file.ts'

test.skipIf(!existsSync('/proc/self/stat'))(
  'a server that has ended is not waited for because nobody asked for its exit code',
  async () => {
    // The shell becomes `sleep`, which asks for no child; the child ends only then, or the shell might still ask.
    const child = '(until [ "$(cat /proc/$$/comm)" = sleep ]; do :; done) &'
    const parent = spawn('sh', ['-c', `${child} echo $!; exec sleep 60`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = await once(parent.stdout, 'data')
      const pid = Number(line)
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
      expect(() => process.kill(pid, 0)).not.toThrow()
      expect(isAlive(parent.pid ?? 0)).toBe(true)
    } finally {
      parent.kill('SIGKILL')
    }
  },
)
