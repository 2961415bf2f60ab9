import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { importSigningKey } from '@curo/crypto/signatures'
import { deriveSealingKeyPair } from '@curo/crypto/xwing'
import { describe, expect, it } from 'vitest'
import { decodeEntry, encodeEntry } from './entries.ts'
import { formatVkey } from './keys.ts'
import { MemberRegistry } from './member-registry.ts'
import { makeMemberEntry, openMember, type UnsignedMember, verifyMemberProof } from './registry.ts'
import { makeTestHospital } from './testing/hospital.ts'

const hospital = await makeTestHospital()
const { nodeKey, origin, policy, logKey, witnessKeys } = hospital
const identity = await importSigningKey(new Uint8Array(32).fill(3))
const at = '2026-01-02T03:04:05.006Z'
const common = { v: 1, hospital: origin, revision: 0, state: 'active', at } as const

const hospitalMember: UnsignedMember<'hospital'> = {
  ...common,
  kind: 'hospital',
  name: 'Asha Hospital',
  node: toBase64Url(nodeKey.publicKey),
  log: formatVkey(logKey.key),
}
const doctor: UnsignedMember<'doctor'> = {
  ...common,
  kind: 'doctor',
  id: toBase64Url(new Uint8Array(16).fill(1)),
  identity: toBase64Url(identity.publicKey),
  seal: toBase64Url(deriveSealingKeyPair(new Uint8Array(32).fill(4)).publicKey),
  name: 'Dr Meera Iyer',
}
const witness: UnsignedMember<'witness'> = {
  ...common,
  kind: 'witness',
  name: 'vida.example/witness',
  vkey: formatVkey((witnessKeys[0] as (typeof witnessKeys)[0]).key),
}

describe('a registry entry', () => {
  it('shows offline that a doctor’s key stands in her hospital’s log', async () => {
    const entry = await makeMemberEntry(doctor, nodeKey)
    const { log, proofFile } = await makeTestHospital()
    log.append(utf8Bytes('one'), entry, utf8Bytes('two'))
    const { member, verdict } = await verifyMemberProof({
      entry,
      proofFile: await proofFile(1),
      policy,
      nodeKey: nodeKey.publicKey,
    })
    expect(member).toMatchObject({ kind: 'doctor', identity: doctor.identity })
    expect(verdict).toMatchObject({ index: 1, quorum: true })
  })

  it('attack: a malicious server swaps the doctor’s key', async () => {
    const mallory = await importSigningKey(new Uint8Array(32).fill(66))
    const entry = await makeMemberEntry(doctor, nodeKey)
    const { log, proofFile } = await makeTestHospital()
    log.append(entry)
    const file = await proofFile(0)
    const swapped = { ...doctor, identity: toBase64Url(mallory.publicKey) }
    const check = (changed: Uint8Array) =>
      verifyMemberProof({ entry: changed, proofFile: file, policy, nodeKey: nodeKey.publicKey })
    // Signed by a key of its own; not signed anew; signed by the hospital but never entered.
    await expect(check(await makeMemberEntry(swapped, mallory))).rejects.toMatchObject({
      code: 'forged-signature',
    })
    const { json } = decodeEntry(entry) as { json: object }
    const patched = encodeEntry({ class: 'registry', json: { ...json, identity: swapped.identity } })
    await expect(check(patched)).rejects.toMatchObject({ code: 'forged-signature' })
    await expect(check(await makeMemberEntry(swapped, nodeKey))).rejects.toMatchObject({
      code: 'ledger-inconsistent',
    })
  })

  it('attack: a member of one hospital cannot be shown in the log of another', async () => {
    const entry = await makeMemberEntry({ ...doctor, hospital: 'b.example/log' }, nodeKey)
    const { log, proofFile } = await makeTestHospital()
    log.append(entry)
    await expect(
      verifyMemberProof({ entry, proofFile: await proofFile(0), policy, nodeKey: nodeKey.publicKey }),
    ).rejects.toThrow(/another hospital/)
  })

  it('bug: a key that signs or opens for anyone could be registered', async () => {
    const [small, noPoint] = [new Uint8Array(32), new Uint8Array(32).fill(2)].map(toBase64Url) as [
      string,
      string,
    ]
    const badSeal = toBase64Url(new Uint8Array(1216))
    const bad = { code: 'bad-key' }
    for (const key of [small, noPoint]) {
      await expect(makeMemberEntry({ ...doctor, identity: key }, nodeKey)).rejects.toMatchObject(bad)
      await expect(makeMemberEntry({ ...hospitalMember, node: key }, nodeKey)).rejects.toMatchObject(bad)
    }
    await expect(makeMemberEntry({ ...doctor, seal: badSeal }, nodeKey)).rejects.toMatchObject(bad)
    const secondSpelling = doctor.identity.replace(/.$/, (last) =>
      String.fromCharCode(last.charCodeAt(0) + 1),
    )
    await expect(makeMemberEntry({ ...doctor, identity: secondSpelling }, nodeKey)).rejects.toThrow()
  })

  it('with a key that does not fit its role is not written', async () => {
    await expect(makeMemberEntry({ ...witness, vkey: hospitalMember.log }, nodeKey)).rejects.toThrow(
      /cosignature/,
    )
    await expect(makeMemberEntry({ ...hospitalMember, hospital: 'b.example/log' }, nodeKey)).rejects.toThrow(
      /origin/,
    )
    await expect(makeMemberEntry({ ...doctor, seal: 'short' }, nodeKey)).rejects.toThrow(/"seal"/)
    await expect(openMember(encodeEntry({ class: 'link', json: {} }), nodeKey.publicKey)).rejects.toThrow(
      /registry/,
    )
    await expect(
      openMember(encodeEntry({ class: 'registry', json: { kind: 'toString' } }), nodeKey.publicKey),
    ).rejects.toThrow(/"v"/)
  })
})

describe('the members of a hospital', () => {
  const registryOf = async (...entries: Uint8Array[]) => {
    const registry = new MemberRegistry({ origin, nodeKey: nodeKey.publicKey })
    for (const [index, entry] of entries.entries()) await registry.apply(entry, index)
    return registry
  }

  it('are what the latest entry about each says', async () => {
    const registry = await registryOf(
      await makeMemberEntry(hospitalMember, nodeKey),
      encodeEntry({ class: 'patient', tag: new Uint8Array(16), commitment: new Uint8Array(32) }),
      await makeMemberEntry(doctor, nodeKey),
      await makeMemberEntry(witness, nodeKey),
    )
    expect(registry.find('doctor', doctor.id)).toMatchObject({ index: 2, member: { name: 'Dr Meera Iyer' } })
    expect(registry.find('witness', witness.name)?.member.vkey).toBe(witness.vkey)
    expect([...registry.active()]).toHaveLength(3)
    expect(registry.hasSigner(doctor.identity)).toBe(true)
    await registry.apply(await makeMemberEntry({ ...doctor, revision: 1, state: 'withdrawn' }, nodeKey), 9)
    expect(registry.find('doctor', doctor.id)).toBeUndefined()
    expect(registry.hasSigner(doctor.identity)).toBe(false)
    await registry.apply(await makeMemberEntry({ ...doctor, revision: 2 }, nodeKey), 10)
    expect(registry.find('doctor', doctor.id)?.index).toBe(10)
  })

  it('are signed by the node key in force, which only the one before can hand over', async () => {
    const next = await importSigningKey(new Uint8Array(32).fill(5))
    const handover = { ...hospitalMember, revision: 1, node: toBase64Url(next.publicKey) }
    const registry = await registryOf(await makeMemberEntry(hospitalMember, nodeKey))
    await expect(registry.apply(await makeMemberEntry(handover, next), 1)).rejects.toMatchObject({
      code: 'forged-signature',
    })
    await registry.apply(await makeMemberEntry(handover, nodeKey), 1)
    expect(registry.nodeKey).toBe(toBase64Url(next.publicKey))
    await expect(registry.apply(await makeMemberEntry(doctor, nodeKey), 2)).rejects.toMatchObject({
      code: 'forged-signature',
    })
    await registry.apply(await makeMemberEntry(doctor, next), 2)
    expect(registry.hasSigner(toBase64Url(nodeKey.publicKey))).toBe(false)
  })

  it('attack: a replayed, skipped or foreign entry is not taken in', async () => {
    const first = await makeMemberEntry(hospitalMember, nodeKey)
    const entry = await makeMemberEntry(doctor, nodeKey)
    const registry = await registryOf(first, entry)
    await registry.apply(await makeMemberEntry({ ...doctor, revision: 1, state: 'withdrawn' }, nodeKey), 2)
    const inconsistent = { code: 'ledger-inconsistent' }
    await expect(registry.apply(entry, 3)).rejects.toMatchObject(inconsistent)
    await expect(
      registry.apply(await makeMemberEntry({ ...doctor, revision: 3 }, nodeKey), 3),
    ).rejects.toMatchObject(inconsistent)
    const foreign = await makeMemberEntry({ ...doctor, hospital: 'b.example/log', revision: 2 }, nodeKey)
    await expect(registry.apply(foreign, 3)).rejects.toMatchObject(inconsistent)
    await expect(registryOf(entry)).rejects.toMatchObject(inconsistent)
    expect(registry.find('doctor', doctor.id)).toBeUndefined()
  })
})
