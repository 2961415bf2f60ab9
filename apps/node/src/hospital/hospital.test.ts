import { registerAccount, signIn } from '@curo/client/accounts'
import { connect } from '@curo/client/connection'
import {
  dropHospitalLogo,
  firstRunOf,
  getHospitalProfile,
  type HospitalProfile,
  logoUrl,
  saveHospitalProfile,
  setHospitalLogo,
} from '@curo/client/hospital'
import { getHospital, getHospitalLogo, putHospitalLogo, putHospitalProfile } from '@curo/contract/hospital'
import { fromBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { decodeEntry } from '@curo/ledger/entries'
import { MemberRegistry } from '@curo/ledger/member-registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personOf } from '../testing/hospital.ts'
import { inventedPhone, makeAccount } from '../testing/people.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'

let node: TestNode
beforeAll(async () => {
  node = await makeTestNode()
})
afterAll(() => node.stop())

const facility = { id: randomId(), name: 'Main building', address: '1 Invented Road' }
const profile: HospitalProfile = {
  name: 'Asha Hospital',
  facilities: [facility],
  departments: [
    { id: randomId(), name: 'Cardiology', facility: facility.id },
    { id: randomId(), name: 'हृदय रोग' },
  ],
  letterhead: {
    lines: ['1 Invented Road', 'Pune 411001'],
    phone: '+912012345678',
    email: 'desk@asha.example',
    registrationNumber: 'MH-000',
  },
  timeZone: 'Asia/Kolkata',
  currency: 'INR',
  languages: ['hi', 'en'],
  countryPrefix: '+91',
}

/** A valid picture: eight bytes of magic and the header are what is looked at. */
function png(width: number, height: number, length = 64): Uint8Array {
  const bytes = new Uint8Array(Math.max(length, 24))
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  return bytes.subarray(0, length)
}

async function registryOf(of: TestNode): Promise<MemberRegistry> {
  const { rows } = await of.context.pool.query<{ entry: Buffer }>(
    'select entry from ledger_entries where tag is null order by position',
  )
  const { origin } = of.context.config
  const registry = new MemberRegistry({ origin, nodeKey: of.context.keys.nodeSigning.publicKey })
  let index = 0
  for (const { entry } of rows)
    if (decodeEntry(entry).class === 'registry') await registry.apply(entry, index++)
  return registry
}

test('a browser does the whole first run with the printed code: administrator, profile, ready', async () => {
  const fresh = await makeTestNode()
  try {
    const before = await connect({ node: fresh.address })
    expect(firstRunOf(before)).toBe('set-up')
    expect((await getHospitalProfile(before.api)).revision).toBe(0)
    const contact = inventedPhone()
    const password = 'correct horse battery'
    const registered = await registerAccount(before, {
      contact,
      password,
      role: 'admin',
      name: 'Invented Admin',
      setupCode: fresh.setupCode,
    })
    expect(registered.status).toBe('active')
    const between = await connect({ node: fresh.address })
    expect(firstRunOf(between)).toBe('profile')
    const admin = await signIn(between, { contact, password })
    const saved = await saveHospitalProfile(admin, { profile, revision: 0 })
    expect(saved).toEqual({ profile, revision: 1, logo: null })
    const after = await connect({ node: fresh.address, pinned: before.hospital })
    expect(firstRunOf(after)).toBe('ready')
    expect(after.hospital).toMatchObject({
      name: 'Asha Hospital',
      languages: ['hi', 'en'],
      timeZone: 'Asia/Kolkata',
      currency: 'INR',
      countryPrefix: '+91',
      demo: false,
    })
    const entered = (await registryOf(fresh)).find('hospital', fresh.context.config.origin)
    expect(entered?.member).toMatchObject({ name: 'Asha Hospital', revision: 1 })
    await saveHospitalProfile(admin, { profile: { ...profile, currency: 'EUR' }, revision: 1 })
    // Only another name is another entry.
    const again = (await registryOf(fresh)).find('hospital', fresh.context.config.origin)
    expect(again?.member.revision).toBe(1)
  } finally {
    await fresh.stop()
  }
})

test('two administrators who save at the same moment do not overwrite each other', async () => {
  const admin = await makeAccount(node, { role: 'admin' })
  const save = (name: string, revision: number) =>
    node.call(putHospitalProfile, { body: { profile: { ...profile, name }, revision } }, admin)
  const first = await Promise.all([save('One', 0), save('Other', 0), save('Third', 0)])
  expect(first.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  const second = await Promise.all([save('One', 1), save('Other', 1)])
  expect(second.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await save('Late', 1)).problem.code).toBe('conflict')
  expect((await save('Next', 2)).body.revision).toBe(3)
  expect((await node.call(getHospital)).body).toMatchObject({ name: 'Next', configured: true })
})

test.each([
  [{ timeZone: 'Asia/Nowhere' }, 'profile.timeZone'],
  [{ currency: 'rupee' }, 'profile.currency'],
  [{ languages: [] }, 'profile.languages'],
  [{ languages: ['en', 'en'] }, 'profile.languages'],
  [{ countryPrefix: '0091' }, 'profile.countryPrefix'],
  [{ name: '   ' }, 'profile.name'],
  [{ name: 'x'.repeat(201) }, 'profile.name'],
  [
    { departments: [{ id: randomId(), name: 'Lost', facility: randomId() }] },
    'profile.departments.0.facility',
  ],
  [{ facilities: [facility, facility] }, 'profile.departments'],
  [{ letterhead: { website: 'javascript:alert(1)' } }, 'profile.letterhead.website'],
])('a profile with %j is refused, naming the field', async (change, field) => {
  const admin = await makeAccount(node, { role: 'admin' })
  const body = { profile: { ...profile, ...change } as HospitalProfile, revision: 0 }
  const { status, problem } = await node.call(putHospitalProfile, { body }, admin)
  expect([status, problem.detail]).toEqual([400, expect.stringContaining(field)])
  const person = await personOf(await connect({ node: node.address }), admin)
  await expect(saveHospitalProfile(person, body)).rejects.toMatchObject({
    code: 'invalid-input',
    details: { fields: [expect.objectContaining({ path: field.replace('profile.', '') })] },
  })
})

test('a logo is shown to anyone as the picture it is, replaced and taken away', async () => {
  const connection = await connect({ node: node.address })
  const person = await personOf(connection, await makeAccount(node, { role: 'admin' }))
  const picture = png(300, 80)
  const logo = await setHospitalLogo(person, picture)
  expect(fromBase64Url(logo)).toHaveLength(32)
  const answer = await fetch(logoUrl(connection.api, logo))
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture)
  const other = await setHospitalLogo(person, png(10, 10))
  expect((await connect({ node: node.address })).hospital.logo).toBe(other)
  await dropHospitalLogo(person)
  await dropHospitalLogo(person)
  expect((await node.call(getHospitalLogo)).status).toBe(404)
  expect((await connect({ node: node.address })).hospital.logo).toBeNull()
})

test('attack: a logo that is a script, a document, huge, or nothing', async () => {
  const admin = await makeAccount(node, { role: 'admin' })
  const put = (body: Uint8Array) => node.call(putHospitalLogo, { body }, admin)
  const text = (value: string) => new TextEncoder().encode(value)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
  for (const bytes of [
    text(svg),
    text('%PDF-1.7 and so on'),
    new Uint8Array(0),
    png(0, 5),
    png(2049, 1),
    png(1, 1, 20),
  ])
    expect((await put(bytes)).problem).toMatchObject({ status: 400, code: 'invalid-input' })
  expect((await put(png(5, 5, 256 * 1024 + 1))).status).toBe(413)
  expect((await put(png(5, 5, 256 * 1024))).status).toBe(200)
})
