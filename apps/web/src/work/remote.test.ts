import { CuroError } from '@curo/crypto/errors'
import { afterEach, expect, test } from 'vitest'
import { moved, type WorkCall, type WorkContext } from './context.ts'
import { makeRemote, type WorkerLike } from './remote.ts'
import { serve } from './serve.ts'

type Call = (
  input?: unknown,
  options?: { onProgress?: (progress: unknown) => void; signal?: AbortSignal },
) => Promise<unknown>

/** The page's end and the Worker's end with a real message channel between them, which clones and moves like a Worker's. */
function makePair(functions: Record<string, unknown>) {
  const channels: MessageChannel[] = []
  let unauthorized = 0
  const remote = makeRemote({
    start: () => {
      const { port1, port2 } = new MessageChannel()
      channels.push({ port1, port2 } as MessageChannel)
      serve(port2 as never, { things: async () => functions }, {} as WorkContext)
      for (const port of [port1, port2]) port.start()
      return Object.assign(port1, { terminate: () => port1.close() }) as unknown as WorkerLike
    },
    onKept: () => {},
    onUnauthorized: () => unauthorized++,
  })
  const things = (remote.work as unknown as { things: Record<string, Call> }).things
  const close = () => {
    for (const { port1, port2 } of channels) {
      port1.close()
      port2.close()
    }
  }
  open.push(close)
  return { things, end: remote.end, started: () => channels.length, unauthorized: () => unauthorized }
}

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

const call = (things: Record<string, Call>, name: string): Call => things[name] as Call

test('a call gives its input and gets its result; calls run side by side', async () => {
  const gates: (() => void)[] = []
  const { things, started } = makePair({
    double: async (_: WorkContext, given: { of: number }) => given.of * 2,
    waits: () => new Promise<string>((resolve) => gates.push(() => resolve('late'))),
  })
  const late = call(things, 'waits')()
  expect(await call(things, 'double')({ of: 21 })).toBe(42)
  gates[0]?.()
  expect(await late).toBe('late')
  expect(started()).toBe(1)
})

test('progress arrives in order and before the result', async () => {
  const seen: unknown[] = []
  const { things } = makePair({
    counts: async (_: WorkContext, __: unknown, { onProgress }: WorkCall<number>) => {
      for (let at = 1; at <= 3; at++) onProgress(at)
      return 'done'
    },
  })
  const result = await call(things, 'counts')(undefined, { onProgress: (at) => seen.push(at) })
  expect([seen, result]).toEqual([[1, 2, 3], 'done'])
})

test('an error keeps its code, sentence and facts; any other says nothing of its inside but its message', async () => {
  const { things, unauthorized } = makePair({
    refuses: async () => {
      throw new CuroError('rate-limited', 'Wait.', { details: { retryAfter: 5 } })
    },
    ended: async () => {
      throw new CuroError('unauthorized', 'Sign in.')
    },
    breaks: async () => {
      throw new TypeError('x is not a function')
    },
  })
  await expect(call(things, 'refuses')()).rejects.toMatchObject({
    name: 'CuroError',
    code: 'rate-limited',
    message: 'Wait.',
    details: { retryAfter: 5 },
  })
  expect(unauthorized()).toBe(0)
  await expect(call(things, 'ended')()).rejects.toMatchObject({ code: 'unauthorized' })
  expect(unauthorized()).toBe(1)
  await expect(call(things, 'breaks')()).rejects.toMatchObject({ code: 'internal' })
})

test('an abort stops the work and rejects with the caller’s own reason', async () => {
  const abort = new AbortController()
  let stopped = () => {}
  const sawAbort = new Promise<void>((resolve) => {
    stopped = resolve
  })
  const { things } = makePair({
    goesOn: (_: WorkContext, __: unknown, { signal }: WorkCall) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped()
          reject(signal.reason)
        })
        abort.abort(new Error('Enough.'))
      }),
  })
  await expect(call(things, 'goesOn')(undefined, { signal: abort.signal })).rejects.toThrow('Enough.')
  await sawAbort
})

test('a call that is aborted before it begins is never made', async () => {
  let made = 0
  const { things } = makePair({ counts: async () => ++made })
  await expect(
    call(things, 'counts')(undefined, { signal: AbortSignal.abort(new Error('No.')) }),
  ).rejects.toThrow('No.')
  expect(await call(things, 'counts')()).toBe(1)
})

test('locking ends every call under way, and the next one starts a new Worker', async () => {
  const { things, end, started } = makePair({ never: () => new Promise(() => {}), quick: async () => 1 })
  const waiting = call(things, 'never')()
  await call(things, 'quick')()
  end()
  await expect(waiting).rejects.toMatchObject({ code: 'unauthorized' })
  expect(await call(things, 'quick')()).toBe(1)
  expect(started()).toBe(2)
})

test('buffers can be moved instead of copied', async () => {
  const { things } = makePair({
    bytes: async () => {
      const bytes = new Uint8Array([1, 2, 3])
      return moved({ bytes }, bytes.buffer)
    },
  })
  expect(await call(things, 'bytes')()).toEqual({ bytes: new Uint8Array([1, 2, 3]) })
})

test.each(['missing', 'toString', '__proto__', 'constructor', 'notAFunction'])(
  'only what a module exports as a function can be called, not %s',
  async (name) => {
    const { things } = makePair({ notAFunction: 1 })
    await expect(call(things, name)()).rejects.toMatchObject({ code: 'internal' })
  },
)

test('what cannot be sent to a Worker is refused at once, and the next call works', async () => {
  const { things } = makePair({ echo: async (_: WorkContext, given: unknown) => given })
  await expect(call(things, 'echo')(() => {})).rejects.toThrow()
  expect(await call(things, 'echo')('next')).toBe('next')
})
