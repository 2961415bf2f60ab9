import { describe, expect, it } from 'vitest'
import { sampleAddress } from '../testing/sample-cards.ts'
import { identifyCode, mostTelling } from './scanned-code.ts'

const other = (what: string) => ({ kind: 'other', what })

describe('what a scanned code is', () => {
  it('a card’s address, or only its part behind the #, is a card', () => {
    const address = sampleAddress()
    expect(identifyCode(` ${address}\n`)).toEqual({
      kind: 'card',
      text: address,
      cardNumber: '8123456789012340',
    })
    expect(identifyCode(address.split('#')[1] ?? '').kind).toBe('card')
  })

  it('a card with one character changed or cut off is a damaged card, at every place', () => {
    const address = sampleAddress()
    const start = address.indexOf('#') + 3
    for (let at = start; at < address.length - 1; at++) {
      const swapped = address[at] === 'A' ? 'B' : 'A'
      const kind = identifyCode(address.slice(0, at) + swapped + address.slice(at + 1)).kind
      expect(kind, String(at)).toBe('damaged')
    }
    expect(identifyCode(address.slice(0, -6)).kind).toBe('damaged')
  })

  it('a card of a later version asks for an update', () => {
    const [home = '', payload = ''] = sampleAddress().split('#')
    expect(identifyCode(`${home}#Ag${payload.slice(2)}`).kind).toBe('newer')
  })

  it.each([
    ['https://pay.example/menu', 'web'],
    ['upi://pay?pa=shop@bank&pn=Shop', 'payment'],
    ['WIFI:T:WPA;S:Ward 3;P:secret;;', 'wifi'],
    ['BEGIN:VCARD\nVERSION:3.0\nEND:VCARD', 'contact'],
    ['tel:+912055500100', 'phone'],
    ['otpauth://totp/Curo:x?secret=JBSWY3DPEHPK3PXP', 'authenticator'],
    ['shc:/5676290952432060346029243740446031', 'healthLink'],
    ['https://viewer.example/#shlink:/eyJ1cmwiOiJo', 'healthLink'],
    ['<?xml version="1.0"?><PrintLetterBarcodeData uid="x"/>', 'idDocument'],
    ['9'.repeat(900), 'idDocument'],
    ['8123 4567 8901 2340', 'number'],
    ['hello', 'text'],
    ['', 'text'],
    ['javascript:alert(1)', 'text'],
  ])('%s is no card', (text, what) => {
    expect(identifyCode(text)).toEqual(other(what))
  })

  it('of several codes in view the card counts', () => {
    const codes = ['upi://pay', sampleAddress(), 'hello'].map(identifyCode)
    expect(mostTelling(codes)?.kind).toBe('card')
    expect(mostTelling([])).toBeUndefined()
  })
})
