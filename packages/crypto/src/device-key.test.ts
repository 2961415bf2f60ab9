import { expect, test } from 'vitest'
import { utf8Bytes } from './bytes.ts'
import { deriveDeviceKey, makeDeviceKey, openOnDevice, sealOnDevice } from './device-key.ts'

const aad = utf8Bytes('what it is for')
const plaintext = utf8Bytes('a root')

test('what a device key seals, only it opens, and only for the same purpose', async () => {
  const key = await makeDeviceKey()
  const sealed = await sealOnDevice({ key, aad, plaintext })
  expect(await openOnDevice({ key, aad, sealed })).toEqual(plaintext)
  expect(sealed).not.toEqual(await sealOnDevice({ key, aad, plaintext }))
  const refused = { code: 'tampered' }
  await expect(openOnDevice({ key: await makeDeviceKey(), aad, sealed })).rejects.toMatchObject(refused)
  await expect(openOnDevice({ key, aad: utf8Bytes('another'), sealed })).rejects.toMatchObject(refused)
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = sealed.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(openOnDevice({ key, aad, sealed: changed })).rejects.toMatchObject(refused)
  }
  await expect(openOnDevice({ key, aad, sealed: sealed.slice(0, 5) })).rejects.toMatchObject(refused)
})

test('a device key cannot be taken out', async () => {
  const key = await makeDeviceKey()
  expect(key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('a key that follows from the root is the same again, another for another purpose, and cannot be taken out', async () => {
  const root = new Uint8Array(32).fill(7)
  const sealed = await sealOnDevice({ key: await deriveDeviceKey(root, 'records'), aad, plaintext })
  const again = await deriveDeviceKey(root, 'records')
  expect(await openOnDevice({ key: again, aad, sealed })).toEqual(plaintext)
  expect(again.extractable).toBe(false)
  for (const other of [deriveDeviceKey(root, 'uploads'), deriveDeviceKey(new Uint8Array(32), 'records')])
    await expect(openOnDevice({ key: await other, aad, sealed })).rejects.toMatchObject({ code: 'tampered' })
})
