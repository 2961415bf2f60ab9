import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { findByCard, readCard } from '@curo/client/cards'
import { sealFile } from '@curo/client/files'
import type { Person } from '@curo/client/person'
import { sealAndPutRecords } from '@curo/client/records'
import { prepareSealing } from '@curo/client/sealing'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { type Expected, hashOfFile } from './expected.ts'
import type { FileInput, PatientInput } from './input.ts'

const today = () => new Date().toISOString().slice(0, 10)

/** Seals every clinical resource and file of one patient, as a doctor with the card in hand. */
export async function sealHistory(
  doctor: Person,
  { scanned, input, files }: { scanned: string; input: PatientInput; files: readonly FileInput[] },
): Promise<Expected> {
  const card = await readCard(scanned)
  const found = await findByCard(doctor, card)
  const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
  const authority = { by: 'card' as const, card }
  const expected: Expected = new Map()
  const records = input.records.map((record) => ({ ...record, id: randomId() }))
  await sealAndPutRecords(sealing, { authority, records })
  for (const { id, kind, content } of records) expected.set(id, { kind, content })
  for (const { path, name } of files) {
    const { size } = await stat(path)
    const sha256 = await hashOfFile(path)
    const source = createReadStream(path)
    const { file, reference } = await sealFile(sealing, {
      authority,
      file: { source, size, fileName: name, occurred: today(), sha256: toBase64Url(sha256) },
    })
    expected.set(file.id, { kind: 'File', sha256 })
    expected.set(reference.id, { kind: 'DocumentReference', describes: file.id })
  }
  return expected
}
