import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askUnlessGiven, readSecret } from './secrets.ts'
import type { Input, Surroundings } from './surroundings.ts'

/** A terminal that types these lines, each when it is asked. */
function typing(...lines: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  let shown = ''
  const stderr = {
    write(text: string) {
      shown += text
      if (text.endsWith(': ')) queueMicrotask(() => stdin.write(`${lines.shift() ?? ''}\n`))
      return true
    },
  }
  const surroundings: Surroundings = {
    stdout: { write: () => true },
    stderr,
    stdin: stdin as Input,
    environment: {},
    signal: new AbortController().signal,
  }
  return { surroundings, shown: () => shown }
}

const PASSWORD = { what: 'Password', option: '--password-file', variable: 'CURO_PASSWORD' }

test('a typed password is taken and not shown', async () => {
  const { surroundings, shown } = typing('correct horse battery')
  expect(await readSecret(surroundings, { ...PASSWORD, file: undefined })).toBe('correct horse battery')
  expect(shown()).toContain('Password: ')
  expect(shown()).not.toContain('horse')
})

test('a new one is typed twice, and refused when the two differ', async () => {
  const once = typing('correct horse', 'correct horse')
  expect(await readSecret(once.surroundings, { ...PASSWORD, file: undefined, confirm: true })).toBe(
    'correct horse',
  )
  const differing = typing('correct horse', 'correct house')
  await expect(
    readSecret(differing.surroundings, { ...PASSWORD, file: undefined, confirm: true }),
  ).rejects.toThrow('not the same')
})

test('nothing typed is no password', async () => {
  await expect(readSecret(typing('').surroundings, { ...PASSWORD, file: undefined })).rejects.toThrow('empty')
})

test('the environment and standard input serve where nobody types, with the line’s end cut off', async () => {
  const { surroundings } = typing()
  const given = { ...surroundings, environment: { CURO_PASSWORD: 'from outside' } }
  expect(await readSecret(given, { ...PASSWORD, file: undefined })).toBe('from outside')
  async function* piped() {
    yield Buffer.from('pass')
    yield Buffer.from('word ✓\r\n')
  }
  expect(await readSecret({ ...surroundings, stdin: piped() }, { ...PASSWORD, file: '-' })).toBe('password ✓')
  await expect(readSecret(surroundings, { ...PASSWORD, file: '/no/such/file' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('a code is asked for unless it is given', async () => {
  const { surroundings } = typing()
  expect(await askUnlessGiven(surroundings, { given: '123456', prompt: 'Code: ', option: '--code' })).toBe(
    '123456',
  )
  async function* silence(): AsyncGenerator<string> {}
  await expect(
    askUnlessGiven(
      { ...surroundings, stdin: silence() },
      { given: undefined, prompt: 'Code: ', option: '--code' },
    ),
  ).rejects.toThrow('--code')
})

test('Ctrl-C at a prompt stops it', async () => {
  const stop = new AbortController()
  const { surroundings } = typing()
  const stuck = { ...surroundings, stderr: { write: () => true }, signal: stop.signal }
  const asked = readSecret(stuck, { ...PASSWORD, file: undefined })
  stop.abort(new Error('Stopped.'))
  await expect(asked).rejects.toThrow('Stopped.')
})
