import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCategories, parseDay, parseUntil } from './commands/options.ts'
import { exitCodeOf, UsageError } from './exit-codes.ts'
import { withNewFiles, writeNewPrivateFile } from './private-file.ts'
import { ProfileFile, profilePath } from './profile.ts'
import { Progress, plainText, table } from './terminal.ts'
import { runCuro } from './testing/command-line.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const unreachable = async () => {
  throw new TypeError('connection refused')
}

describe('exit codes', () => {
  test('wrong usage is 2, on stderr, with nothing on stdout', async () => {
    for (const args of [['nonsense'], ['login'], ['login', '--contact', '12345'], ['open', '--nonsense']]) {
      const { code, stdout, stderr } = await runCuro(args)
      expect([args, code, stdout]).toEqual([args, 2, ''])
      expect(stderr).not.toBe('')
    }
  })

  test('help is 0 and names every exit code', async () => {
    const { code, stdout } = await runCuro(['--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Exit codes: 0 .* 1 .* 2 .* 3 .* 4 /)
    for (const command of ['import', 'open', 'grant', 'verify', 'audit', 'init', 'start', 'bench'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
    expect((await runCuro(['import', '--help'])).stdout).toContain('curo import --card')
  })

  test('a node that does not answer is 3, and says which', async () => {
    const { code, stderr } = await runCuro(
      ['ledger', 'status', '--node', 'http://127.0.0.1:1', '--profile', `${folder}/none.json`],
      {
        fetch: unreachable,
      },
    )
    expect(code).toBe(3)
    expect(stderr).toContain('http://127.0.0.1:1')
  })

  test('what does not verify is 4, a refusal 1', () => {
    expect(exitCodeOf(new CuroError('tampered', ''))).toBe(4)
    expect(exitCodeOf(new CuroError('bad-key', ''))).toBe(4)
    expect(exitCodeOf(new CuroError('not-found', ''))).toBe(1)
    expect(exitCodeOf(new UsageError(''))).toBe(2)
    expect(exitCodeOf(new TypeError('a bug'))).toBe(1)
  })

  test('with --json an error is one JSON document too', async () => {
    const { code, stderr } = await runCuro(['whoami', '--json', '--profile', `${folder}/none.json`])
    expect(code).toBe(2)
    expect(JSON.parse(stderr).error.code).toBe('usage')
  })
})

describe('secrets', () => {
  test('are refused where nobody can be asked, with the ways to give them', async () => {
    const { code, stderr } = await runCuro(['card', 'show'])
    expect(code).toBe(2)
    expect(stderr).toContain('--card <file>')
    expect(stderr).toContain('CURO_CARD')
  })

  test('there is no option that takes one', async () => {
    for (const command of [['login'], ['register'], ['card', 'activate'], ['open'], ['import']]) {
      const { stdout } = await runCuro([...command, '--help'])
      expect(stdout).not.toMatch(/--(password|secret|card-secret|pin) </)
    }
  })

  test('a damaged card is not read', async () => {
    const { code, stderr } = await runCuro(['card', 'show', '--card', '-'], {
      stdin: 'https://node.test/card#AQAA',
    })
    expect(code).toBe(1)
    expect(stderr).toContain('not a readable Curo card')
  })
})

describe('the profile', () => {
  const profile = {
    v: 1 as const,
    node: 'https://node.test',
    hospital: { origin: 'node.test/log', nodeKey: 'A', logKey: 'B', name: 'Test' },
    account: null,
    session: { token: 't', root: 'r', keyring: null, expiresAt: '' },
  }

  test('can be read by its owner only, and is refused when it cannot', async () => {
    const file = new ProfileFile(join(folder, 'deep', 'er', 'profile.json'))
    await file.write(profile)
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
    expect(await file.read()).toEqual(profile)
    const { chmod } = await import('node:fs/promises')
    await chmod(file.path, 0o644)
    await expect(file.read()).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('that is damaged is said to be so; none is none', async () => {
    const path = join(folder, 'damaged.json')
    await writeFile(path, '{"v":1,', { mode: 0o600 })
    await expect(new ProfileFile(path).read()).rejects.toMatchObject({ code: 'malformed' })
    expect(await new ProfileFile(join(folder, 'absent.json')).read()).toBeNull()
  })

  test('has a name, or a path with a slash, and a name leads nowhere else', () => {
    const environment = { XDG_CONFIG_HOME: '/home/asha/.config' }
    expect(profilePath('work', environment)).toBe('/home/asha/.config/curo/work.json')
    expect(profilePath('./here.json', environment)).toMatch(/\/here\.json$/)
    expect(() => profilePath('..', environment)).toThrow()
  })
})

describe('new files', () => {
  test('are never put over old ones, and not left behind empty', async () => {
    const [old, fresh] = [join(folder, 'old'), join(folder, 'fresh')]
    await writeFile(old, 'keep me')
    await expect(withNewFiles([fresh, old], async () => {})).rejects.toMatchObject({ code: 'conflict' })
    expect(await readFile(old, 'utf8')).toBe('keep me')
    await expect(stat(fresh)).rejects.toThrow()
    const failing = withNewFiles([fresh, join(folder, 'second')], async (fill) => {
      await fill(fresh, 'a card')
      throw new Error('the node is gone')
    })
    await expect(failing).rejects.toThrow('the node is gone')
    expect(await readFile(fresh, 'utf8')).toBe('a card\n')
    await expect(stat(join(folder, 'second'))).rejects.toThrow()
    await expect(writeNewPrivateFile(join(folder, 'no', 'such', 'folder'), '')).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('what is printed', () => {
  test('cannot steer the terminal', () => {
    expect(plainText('Dr \u001b[2J\u0007Evil\nname')).toBe('Dr  [2J Evil name')
    expect(table(['a', 'b'], [['1', '\u001b]0;x']])).not.toContain('\u001b')
  })

  test('progress is drawn on a terminal and nowhere else', () => {
    const drawn: string[] = []
    const bar = new Progress(
      { write: (text) => drawn.push(text), columns: 60 },
      { label: 'Sealing', unit: 'records' },
    )
    bar.update(1, 2)
    bar.update(2, 2)
    bar.update(3, null)
    bar.end()
    expect(drawn.join('')).toContain('2 of 2')
    expect(drawn.every((text) => text.replace('\r', '').replace('\u001b[K', '').length < 60)).toBe(true)
    new Progress(null, { label: 'x', unit: 'records' }).update(1, 2)
  })
})

describe('options', () => {
  test('times and days', () => {
    const now = new Date('2026-01-01T10:00:00Z')
    expect(parseUntil('90m', now).toISOString()).toBe('2026-01-01T11:30:00.000Z')
    expect(parseUntil('30d', now).getTime() - now.getTime()).toBe(30 * 86_400_000)
    expect(parseUntil('2026-02-03', now).getDate()).toBe(3)
    for (const wrong of ['2026-02-30', 'tomorrow', '5y', '']) expect(() => parseUntil(wrong, now)).toThrow()
    expect(() => parseDay('2026-13-01')).toThrow()
  })

  test('categories never include sensitive unless it is named', () => {
    expect(parseCategories('default')).not.toContain('sensitive')
    expect(parseCategories('all')).toContain('sensitive')
    expect(parseCategories('vitals, laboratory')).toEqual(['vitals', 'laboratory'])
    expect(() => parseCategories('everything')).toThrow()
  })
})
