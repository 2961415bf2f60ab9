import { afterEach, expect, test, vi } from 'vitest'
import { askForPasskey, handOver } from './browser.ts'

const startAuthentication = vi.hoisted(() => vi.fn())
vi.mock('@simplewebauthn/browser', () => ({ startAuthentication }))

afterEach(() => vi.unstubAllGlobals())

const options = {
  challenge: 'A'.repeat(43),
  rpId: 'hospital.example',
  timeout: 1000,
  allowCredentials: [],
  userVerification: 'required' as const,
}

function stand(hostname: string, { hasPasskeys = true } = {}) {
  vi.stubGlobal('location', { hostname })
  if (hasPasskeys) vi.stubGlobal('PublicKeyCredential', class {})
}
const named = (name: string) => Object.assign(new Error('from the browser'), { name })

test.each([
  ['NotAllowedError', 'cancelled'],
  ['InvalidStateError', 'known'],
  ['NotSupportedError', 'unsupported'],
  ['SecurityError', 'elsewhere'],
  ['TypeError', 'failed'],
])('the browser’s %s means: %s', async (name, trouble) => {
  stand('hospital.example')
  startAuthentication.mockRejectedValueOnce(named(name))
  await expect(askForPasskey(options)).rejects.toMatchObject({ trouble, rpId: 'hospital.example' })
})

test.each(['127.0.0.1', 'evilhospital.example', 'example'])(
  'at %s the browser is not even asked',
  async (host) => {
    stand(host)
    startAuthentication.mockClear()
    await expect(askForPasskey(options)).rejects.toMatchObject({ trouble: 'elsewhere' })
    expect(startAuthentication).not.toHaveBeenCalled()
  },
)

test('a name below the hospital’s may use its passkeys', async () => {
  stand('portal.hospital.example')
  startAuthentication.mockResolvedValueOnce({ id: 'x' })
  expect(await askForPasskey(options)).toEqual({ id: 'x' })
})

test('the PRF’s output is overwritten as soon as the answer was handed over, also when that failed', async () => {
  for (const to of [async () => 'taken', async () => Promise.reject(new Error('refused'))]) {
    const first = new Uint8Array(32).fill(7).buffer
    const answer = { clientExtensionResults: { prf: { results: { first } } } }
    await handOver(answer, to).catch(() => 'failed')
    expect(new Uint8Array(first)).toEqual(new Uint8Array(32))
  }
})
