import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from './account.ts'
import { fromBase64Url, toBase64Url } from './bytes.ts'
import {
  type Card,
  decodeCard,
  deriveCardKeyPair,
  deriveCardSigningKey,
  deriveCardWrapKey,
  encodeCard,
  formatCardNumber,
  isCardNumber,
  makeCardNumber,
  makeCardSecret,
} from './card.ts'
import { makeLookupKey } from './lookup.ts'
import { randomBytes } from './random.ts'

function makeCard(): Card {
  return {
    homeNode: 'https://asha.example',
    cardNumber: makeCardNumber(),
    cardSecret: makeCardSecret(),
    lookupKey: makeLookupKey(),
    lookupEpoch: 3,
    fingerprint: fingerprintOf(randomBytes(32)),
  }
}

const malformed = expect.objectContaining({ code: 'malformed' })

describe('the card', () => {
  it('is read back from its address, and from the part after # alone', () => {
    const card = makeCard()
    const address = encodeCard(card)
    expect(address).toMatch(/^https:\/\/asha\.example\/card#[A-Za-z0-9_-]{130}$/)
    expect(decodeCard(address)).toEqual(card)
    const fragment = address.slice(address.indexOf('#'))
    expect(decodeCard(fragment)).toEqual({ ...card, homeNode: undefined })
    expect(decodeCard(fragment.slice(1))).toEqual({ ...card, homeNode: undefined })
  })

  it('is read when typed by hand, with white space anywhere', () => {
    const card = makeCard()
    const typed = encodeCard(card).replace(/(.{10})/g, '$1 \n\t')
    expect(decodeCard(typed)).toEqual(card)
  })

  it('keeps the port and path of its home node', () => {
    for (const homeNode of [
      'https://asha.example:8443',
      'https://health.example/asha',
      'http://localhost:3000',
    ])
      expect(decodeCard(encodeCard({ ...makeCard(), homeNode })).homeNode).toBe(homeNode)
    expect(decodeCard(encodeCard({ ...makeCard(), homeNode: 'https://asha.example/' })).homeNode).toBe(
      'https://asha.example',
    )
  })

  it('every single wrong character is refused', () => {
    const address = encodeCard(makeCard())
    const start = address.indexOf('#') + 1
    for (let at = start; at < address.length; at++) {
      const other = address[at] === 'A' ? 'B' : 'A'
      const wrong = address.slice(0, at) + other + address.slice(at + 1)
      expect(() => decodeCard(wrong)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/malformed|unsupported-suite/) }),
      )
    }
  })

  it('two swapped characters, a cut and a doubled payload are refused', () => {
    const address = encodeCard(makeCard())
    const [home, payload] = address.split('#') as [string, string]
    const swapped = payload.slice(0, 60) + payload[61] + payload[60] + payload.slice(62)
    if (swapped !== payload) expect(() => decodeCard(`${home}#${swapped}`)).toThrow(malformed)
    for (const cut of [
      payload.slice(0, -1),
      payload.slice(0, -4),
      payload.slice(1),
      payload + payload,
      '',
      '=',
    ])
      expect(() => decodeCard(`${home}#${cut}`)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/malformed|unsupported-suite/) }),
      )
  })

  it.each([
    'https://asha.example/login#',
    'http://asha.example/card#',
    'https://user:word@asha.example/card#',
    'https://asha.example/card?next=1#',
    'javascript:alert(1)//card#',
    'not an address/card#',
  ])('a payload at another kind of address is refused: %s', (address) => {
    const payload = encodeCard(makeCard()).split('#')[1]
    expect(() => decodeCard(address + payload)).toThrow(malformed)
  })

  it('a card of a later version says so', () => {
    const bytes = fromBase64Url(encodeCard(makeCard()).split('#')[1] as string)
    bytes[0] = 2
    expect(() => decodeCard(toBase64Url(bytes))).toThrow(
      expect.objectContaining({ code: 'unsupported-suite' }),
    )
  })

  it('whatever is scanned, it is a card or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true })), (text) => {
        try {
          decodeCard(text)
        } catch (error) {
          expect(['malformed', 'unsupported-suite']).toContain((error as { code: string }).code)
        }
      }),
    )
  })

  it.each<[string, Partial<Card>]>([
    ['an insecure home node', { homeNode: 'http://asha.example' }],
    ['no home node', { homeNode: 'asha' }],
    ['a wrong check digit', { cardNumber: '8000000000000000' }],
    ['a short secret', { cardSecret: new Uint8Array(31) }],
    ['a long lookup key', { lookupKey: new Uint8Array(33) }],
    ['a negative epoch', { lookupEpoch: -1 }],
    ['no fingerprint', { fingerprint: new Uint8Array(0) }],
  ])('is not made with %s', (_, change) =>
    expect(() => encodeCard({ ...makeCard(), ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    ),
  )

  it('its three keys are independent of each other and of another card', async () => {
    const [mine, other] = [makeCardSecret(), makeCardSecret()]
    const keys = [
      deriveCardKeyPair(mine).seed,
      deriveCardWrapKey(mine),
      (await deriveCardSigningKey(mine)).publicKey,
      deriveCardKeyPair(other).seed,
      deriveCardWrapKey(other),
      (await deriveCardSigningKey(other)).publicKey,
    ].map(toBase64Url)
    expect(new Set(keys).size).toBe(6)
    expect(toBase64Url(deriveCardWrapKey(mine))).toBe(keys[1])
    expect(() => deriveCardWrapKey(randomBytes(31))).toThrow(expect.objectContaining({ code: 'bad-key' }))
  })
})

describe('card numbers', () => {
  it('have 16 digits, begin with 8 and pass Luhn’s test', () => {
    for (let i = 0; i < 500; i++) {
      const number = makeCardNumber()
      expect(number).toMatch(/^8\d{15}$/)
      expect(isCardNumber(number)).toBe(true)
    }
  })

  it('Luhn’s test takes known numbers and refuses every wrong digit and most swaps', () => {
    expect(isCardNumber('4539578763621486')).toBe(true)
    expect(isCardNumber('4111111111111111')).toBe(true)
    const number = makeCardNumber()
    for (let at = 0; at < 16; at++) {
      for (let digit = 0; digit < 10; digit++) {
        const other = number.slice(0, at) + digit + number.slice(at + 1)
        expect(isCardNumber(other)).toBe(other === number)
      }
    }
    for (const other of ['', '4111', '4111 1111 1111 1111', '41111111111111110', 4111111111111111, undefined])
      expect(isCardNumber(other)).toBe(false)
  })

  it('are printed in groups of four', () => {
    expect(formatCardNumber('4111111111111111')).toBe('4111 1111 1111 1111')
  })
})
