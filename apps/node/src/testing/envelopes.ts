import type { Person } from '@curo/client/person'
import { recipientsFor, type Sealing } from '@curo/client/sealing'
import type { Envelope, Wrap } from '@curo/contract/records'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { briefOf, makeEnvelope, type Recipient, wholeWraps } from '@curo/crypto/record'
import { signBody } from '@curo/crypto/signatures'
import { sealBytes } from '@curo/crypto/stream'

export type RawRecord = { envelope: Envelope; content: { in: 'here'; sealed: string } }

type Forgery = {
  /** Members of the envelope other than a proper client would write; signed all the same. */
  over?: Partial<Envelope>
  recipients?: (proper: Recipient[]) => Recipient[]
  wraps?: (proper: Wrap[]) => Envelope['wraps']
  /** Who signs; the author where absent. */
  signer?: Person
}

/** A sealed record as a malicious client could make it: whatever it says, its signature holds. */
export async function forgeRecord(sealing: Sealing, forgery: Forgery = {}): Promise<RawRecord> {
  const { over = {}, recipients = (proper) => proper, wraps = (proper) => proper, signer } = forgery
  const { person, keys, author, stubKey } = sealing
  const id = over.id ?? randomId()
  const category = over.category ?? 'laboratory'
  const dek = randomBytes(32)
  const plaintext = utf8Bytes(`invented ${randomId()}`)
  const { sealed, root } = await sealBytes({ dek, plaintext })
  const proper = await makeEnvelope({
    id,
    custodian: keys.custodian,
    patient: keys.patient,
    category,
    epoch: keys.categories.get(category)?.epoch ?? 0,
    kind: 'Observation',
    occurred: '2024-03-12',
    created: new Date().toISOString(),
    author: person.account.id,
    size: plaintext.length,
    sealedSize: sealed.length,
    root,
    dek,
    recipients: recipients([...recipientsFor(keys, category), ...(author ? [author] : [])]),
    stub: { title: 'invented' },
    stubKey,
    authorKey: person.identity,
  })
  const { signer: _signer, signature: _signature, ...fields } = proper
  const body = { ...fields, wraps: wraps(wholeWraps(proper)), ...over }
  const signed = await signBody({ kind: 'record', body: briefOf(body), key: (signer ?? person).identity })
  return {
    envelope: { ...(signed as Envelope), wraps: body.wraps },
    content: { in: 'here', sealed: toBase64Url(sealed) },
  }
}
