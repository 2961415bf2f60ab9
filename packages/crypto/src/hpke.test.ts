import { expect, it } from 'vitest'
import { concatBytes, fromHex, toHex, utf8Bytes } from './bytes.ts'
import { hpkeKeySchedule, hpkeOpen, hpkeSeal } from './hpke.ts'
import { randomBytes } from './random.ts'

it('the key schedule gives the vector of RFC 9180 appendix A.1.1', () => {
  const schedule = hpkeKeySchedule(
    fromHex('fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc'),
    utf8Bytes('Ode on a Grecian Urn'),
    { suiteId: concatBytes(utf8Bytes('HPKE'), fromHex('002000010001')), keyBytes: 16 },
  )
  expect(toHex(schedule.key)).toBe('4531685d41d65f03dc48f6b8302c05b0')
  expect(toHex(schedule.nonce)).toBe('56d890e5accaaf011cff4b7d')
})

it('a message opens with its shared secret, info and AAD only', async () => {
  const sharedSecret = randomBytes(32)
  const [info, aad, plaintext] = ['curo/v1/test', utf8Bytes('place'), randomBytes(40)]
  const sealed = await hpkeSeal({ sharedSecret, info, aad, plaintext })
  expect(await hpkeOpen({ sharedSecret, info, aad, sealed })).toEqual(plaintext)
  for (const other of [{ sharedSecret: randomBytes(32) }, { info: 'curo/v1/other' }, { aad: undefined }])
    await expect(hpkeOpen({ sharedSecret, info, aad, sealed, ...other })).rejects.toMatchObject({
      code: 'tampered',
    })
})
