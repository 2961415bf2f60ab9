import type { OwnAccount } from '@curo/contract/accounts'
import type { CardProof } from '@curo/contract/cards'
import type { ConsentView, GiveBack, Grant, Revocation } from '@curo/contract/consent'
import type { OpeningRequest } from '@curo/contract/openings'
import type { Attestation, CardKey, PatientKeys, PublishedKeys } from '@curo/contract/patients'
import type { Envelope, Rewrap } from '@curo/contract/records'
import type { Role } from '@curo/contract/route'
import { makeAccountRoot } from '@curo/crypto/account'
import { concatBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { makeMediationScalar, mediationStep } from '@curo/crypto/mediated'
import { randomId } from '@curo/crypto/random'
import { checkWrapProof, envelopeHash, type Wrap, wholeWraps } from '@curo/crypto/record'
import { keyIdOf } from '@curo/crypto/xwing'
import { type Fetch, makeApi } from '../api.ts'
import type { Card } from '../cards.ts'
import { type Keyring, openKeyring } from '../keyring.ts'
import { unwrapRootByCard } from '../patients.ts'
import { asPatient, makeAccountKeys, makePerson, type PatientPerson, type Person } from '../person.ts'
import { type FakeRequest, type FakeRoute, fakeFetch } from './fake-fetch.ts'
import { FakeLedger } from './fake-ledger.ts'
import { mediate, ORIGIN } from './published.ts'

type StoredPatient = {
  published: PublishedKeys
  scalar: Uint8Array
  demographics: object
  /** X of each mediated key by key id. */
  holders: Map<string, string>
  wrappedRoot: string
  keyring: string
}
type StoredRecord = { envelope: Envelope; content: string | null; rewraps: Rewrap[] }

const idIn = (path: string, part: number) => path.split('/')[part] ?? ''
const body = <T>(request: FakeRequest) => request.body as T

/**
 * A hospital in memory for unit tests: it mediates, anchors and stores as a real one, but checks no right. What a client
 * must find out by itself is tested against it and against its lies; the rules of the real one have tests of their own.
 */
export class FakeHospital {
  readonly ledger: FakeLedger
  readonly patients = new Map<string, StoredPatient>()
  readonly records = new Map<string, StoredRecord>()
  readonly accounts = new Map<string, OwnAccount & { index: number | null }>()
  readonly consents = new Map<string, ConsentView>()
  readonly uploads = new Map<string, { sealedSize: number; parts: Map<number, Uint8Array> }>()
  readonly fetch: ReturnType<typeof fakeFetch>

  private constructor(ledger: FakeLedger) {
    this.ledger = ledger
    this.fetch = fakeFetch(this.#routes())
  }

  static async make(): Promise<FakeHospital> {
    return new FakeHospital(await FakeLedger.make())
  }

  get info() {
    return {
      name: 'Test Hospital',
      origin: ORIGIN,
      homeNode: 'https://node.test',
      nodeKey: toBase64Url(this.ledger.nodeKey.publicKey),
      logKey: this.ledger.logKey,
      demo: false,
      training: false,
      ready: true,
      configured: true,
      languages: ['en' as const, 'hi' as const],
      timeZone: 'Asia/Kolkata',
      currency: 'INR',
      countryPrefix: '+91',
      logo: null,
      version: '1',
    }
  }

  /** Someone signed in; a doctor's keys are entered in the registry. */
  async person(
    role: Role,
    given: { patient?: string; root?: Uint8Array; keyring?: Keyring } = {},
  ): Promise<Person> {
    const id = randomId()
    const root = given.root ?? makeAccountRoot()
    const keys = await makeAccountKeys({ account: id, root })
    const index =
      role === 'doctor'
        ? await this.ledger.enterDoctor({ id, identity: keys.identity, seal: keys.seal })
        : null
    const account = {
      id,
      role,
      status: 'active' as const,
      name: `A ${role}`,
      profession: {},
      keys,
      registry: { origin: ORIGIN, index },
      createdAt: new Date().toISOString(),
      contact: '+919800000000',
      patient: given.patient ?? null,
    }
    this.accounts.set(id, { ...account, index })
    return makePerson({
      api: makeApi({ node: 'https://node.test', token: id, fetch: this.fetch }),
      hospital: this.info,
      account,
      root,
      keyring: given.keyring ?? null,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
  }

  /** The patient herself, with the root that the desk made for her. */
  async patientOf(card: Card): Promise<PatientPerson> {
    const stored = [...this.patients.values()].find(({ published }) => published.card?.card === card.number)
    if (!stored) throw new Error('no such card')
    const { patient } = stored.published
    const { cardSecret } = card.payload
    const root = await unwrapRootByCard({ wrapped: stored.wrappedRoot, patient, cardSecret })
    const keyring = await openKeyring({ root, patient, sealed: stored.keyring })
    return asPatient(await this.person('patient', { patient, root, keyring }))
  }

  /** The same person, whose calls go through a fetch that lies. */
  through(person: Person, fetch: Fetch): Person {
    return { ...person, api: makeApi({ node: person.api.node, token: person.api.token, fetch }) }
  }

  #patient(id: string): StoredPatient {
    const patient = this.patients.get(id)
    if (!patient) throw new Error('no such patient')
    return patient
  }

  #account(request: FakeRequest): OwnAccount {
    const token = request.headers.get('authorization')?.slice('Bearer '.length) ?? ''
    const account = this.accounts.get(token)
    if (!account) throw new Error('nobody is signed in')
    return account
  }

  async #remediate(stored: StoredPatient, extra: string[] = []) {
    const { keys, card } = stored.published
    const halves = [...keys.categories, ...(card ? [card] : [])]
    const holders = [...halves.map(({ x }) => x), ...extra].map((x) => ({ x }))
    const mediation = await mediate(stored.scalar, holders)
    for (const half of halves) {
      const point = mediation.points.find(({ x }) => x === half.x)?.point ?? ''
      stored.holders.set(keyIdOf(concatBytes(fromBase64Url(half.kem), fromBase64Url(point))), half.x)
    }
    return mediation
  }

  async #registerPatient(request: FakeRequest) {
    const { id, demographics, keys, cardKey, chain, wrappedRoots, keyring } = body<{
      id: string
      demographics: object
      keys: PatientKeys
      cardKey: CardKey
      chain: { epoch: number; chainKey: string }
      wrappedRoots: { by: string; wrapped: string }[]
      keyring: string
    }>(request)
    const stored: StoredPatient = {
      published: {
        patient: id,
        keys,
        card: cardKey,
        mediation: { points: [] },
        attestations: [],
        rotations: [],
      },
      scalar: makeMediationScalar(),
      demographics,
      holders: new Map(),
      wrappedRoot: wrappedRoots.find(({ by }) => by === 'card')?.wrapped ?? '',
      keyring,
    }
    stored.published.mediation = await this.#remediate(stored)
    this.patients.set(id, stored)
    this.ledger.openChain(id, { epoch: chain.epoch, chainKey: fromBase64Url(chain.chainKey) })
    await this.ledger.submit(id, { kind: 'register', id, details: { patient: id, identity: keys.identity } })
    return { status: 201, json: { patient: id, mediation: stored.published.mediation } }
  }

  async #putRecords(request: FakeRequest) {
    const { patient, records } = body<{
      patient: string
      records: {
        envelope: Envelope
        content: { in: 'here'; sealed: string } | { in: 'vault'; upload: string }
      }[]
    }>(request)
    if (records.some(({ envelope }) => this.#isAnother(envelope)))
      return { status: 409, json: { code: 'conflict', title: 'A different record with this id exists.' } }
    const answers: { id: string; receipt: unknown }[] = []
    for (const { envelope, content } of records) {
      await this.#checkProofs(patient, envelope)
      this.records.set(envelope.id, { envelope, content: this.#contentOf(content), rewraps: [] })
      const details = {
        record: envelope.id,
        category: envelope.category,
        envelope: toBase64Url(envelopeHash(envelope)),
        root: envelope.root,
      }
      const receipt = await this.ledger.submit(patient, { kind: 'anchor', id: envelope.id, details })
      answers.push({ id: envelope.id, receipt })
    }
    return { status: 201, json: { records: answers } }
  }

  #isAnother(envelope: Envelope): boolean {
    const known = this.records.get(envelope.id)
    return known !== undefined && known.envelope.signature !== envelope.signature
  }

  #contentOf(content: { in: 'here'; sealed: string } | { in: 'vault'; upload: string }): string {
    if (content.in === 'here') return content.sealed
    const upload = this.uploads.get(content.upload)
    const parts = [...(upload?.parts ?? [])].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)
    return toBase64Url(concatBytes(...parts))
  }

  async #checkProofs(patient: string, envelope: Envelope): Promise<void> {
    const stored = this.#patient(patient)
    for (const wrap of wholeWraps(envelope)) {
      const x = stored.holders.get(wrap.keyId)
      if (!x) continue
      await checkWrapProof({
        wrap,
        recordId: envelope.id,
        scalar: stored.scalar,
        holderPoint: fromBase64Url(x),
      })
    }
  }

  async #open(request: FakeRequest) {
    const { request: asked } = body<{ request: OpeningRequest }>(request)
    const stored = this.#patient(asked.patient)
    const receipt = await this.ledger.submit(asked.patient, {
      kind: 'opening',
      id: asked.id,
      details: {
        opening: asked.id,
        by: { account: asked.account, identity: asked.signer },
        via: asked.via,
        records: asked.records ?? [],
      },
      statements: [{ kind: 'opening-request', document: asked }],
    })
    if (!asked.records) {
      const all = [...this.records.values()].filter(({ envelope }) => envelope.patient === asked.patient)
      return {
        status: 201,
        json: { opening: asked.id, receipt, records: all.map(({ envelope }) => envelope) },
      }
    }
    const records = await Promise.all(asked.records.map((id) => this.#opened(stored, id, asked.via)))
    return { status: 201, json: { opening: asked.id, receipt, records } }
  }

  async #opened(stored: StoredPatient, id: string, via: OpeningRequest['via']) {
    const record = this.records.get(id)
    if (!record) throw new Error('no such record')
    const { envelope } = record
    const rewrap = record.rewraps.findLast((one) => wholeWraps(one).some(({ to }) => to === via)) ?? null
    const wrap = wholeWraps(rewrap ?? envelope).find(({ to }) => to === via) as Wrap
    const author = this.accounts.get(envelope.author)
    const x = via === 'author' ? (author?.keys.seal ?? '') : (stored.holders.get(wrap.keyId) ?? '')
    const holderPoint = via === 'author' ? fromBase64Url(x).subarray(1184) : fromBase64Url(x)
    const step = await mediationStep(stored.scalar, holderPoint, fromBase64Url(wrap.sealed))
    return {
      envelope,
      authorKey: author?.keys.identity,
      wrap,
      rewrap,
      step: toBase64Url(step),
      content: this.#inline(record),
    }
  }

  #inline({ content }: StoredRecord): string | null {
    return content !== null && content.length * 0.75 <= 64 * 1024 ? content : null
  }

  #content(id: string) {
    return { bytes: fromBase64Url(this.records.get(id)?.content ?? '') }
  }

  #routes(): Record<string, FakeRoute> {
    return {
      ...this.#patientRoutes(),
      ...this.#recordRoutes(),
      ...this.#ledgerRoutes(),
      ...this.#consentRoutes(),
    }
  }

  #patientRoutes(): Record<string, FakeRoute> {
    return {
      'GET /v1/hospital': () => ({ json: this.info }),
      'POST /v1/patients': (request) => this.#registerPatient(request),
      'POST /v1/patients/*/attestations': (request) => {
        this.#patient(idIn(request.path, 3)).published.attestations.push(body<Attestation>(request))
        return {}
      },
      'GET /v1/patients/*/keys': ({ path }) => ({ json: this.#patient(idIn(path, 3)).published }),
      'PUT /v1/patients/*/keys': async (request) => {
        const stored = this.#patient(idIn(request.path, 3))
        stored.published.keys = body<{ keys: PatientKeys }>(request).keys
        stored.published.mediation = await this.#remediate(stored)
        return { json: stored.published.mediation }
      },
      'POST /v1/patients/*/author-point': async (request) => {
        const x = toBase64Url(fromBase64Url(this.#account(request).keys.seal).subarray(1184))
        return { json: await mediate(this.#patient(idIn(request.path, 3)).scalar, [{ x }]) }
      },
      'POST /v1/cards/find': (request) => {
        const { proof } = body<{ proof: CardProof }>(request)
        const stored = [...this.patients.values()].find(
          ({ published }) => published.card?.card === proof.card,
        )
        if (!stored) return { status: 404, json: { code: 'not-found', title: 'No such card.' } }
        const { published, demographics } = stored
        return {
          json: {
            patient: { id: published.patient, demographics },
            keys: published,
            lookupEpoch: published.card?.lookupEpoch,
          },
        }
      },
      'GET /v1/clinicians/*': ({ path }) => {
        const account = this.accounts.get(idIn(path, 3))
        if (account?.role !== 'doctor')
          return { status: 404, json: { code: 'not-found', title: 'No such doctor.' } }
        return { json: { ...account, registry: { origin: ORIGIN, index: account.index } } }
      },
    }
  }

  #recordRoutes(): Record<string, FakeRoute> {
    return {
      'POST /v1/records': (request) => this.#putRecords(request),
      'GET /v1/records/mine': (request) => {
        const { patient } = this.#account(request)
        const all = [...this.records.values()].filter(({ envelope }) => envelope.patient === patient)
        const start = Number(request.query.get('after') ?? 0)
        const end = start + Number(request.query.get('limit') ?? 50)
        const records = all.slice(start, end).map((record) => ({
          envelope: record.envelope,
          rewraps: record.rewraps,
          authorKey: this.accounts.get(record.envelope.author)?.keys.identity,
          content: this.#inline(record),
        }))
        return { json: { records, next: end < all.length ? String(end) : null } }
      },
      'GET /v1/records/*/content': ({ path }) => this.#content(idIn(path, 3)),
      'POST /v1/records/rewraps': (request) => {
        const { rewraps } = body<{ rewraps: Rewrap[] }>(request)
        for (const rewrap of rewraps) this.records.get(rewrap.record)?.rewraps.push(rewrap)
        return { json: { stored: rewraps.length } }
      },
      'POST /v1/openings/timeline': (request) => this.#open(request),
      'POST /v1/openings': (request) => this.#open(request),
      'GET /v1/openings/*/records/*/content': ({ path }) => this.#content(idIn(path, 5)),
      'POST /v1/uploads': (request) => {
        const upload = randomId()
        const { sealedSize } = body<{ sealedSize: number }>(request)
        this.uploads.set(upload, { sealedSize, parts: new Map() })
        return { status: 201, json: this.#uploadState(upload) }
      },
      'GET /v1/uploads/*': ({ path }) => ({ json: this.#uploadState(idIn(path, 3)) }),
      'PUT /v1/uploads/*/parts/*': (request) => {
        const bytes = body<Uint8Array>(request)
        this.uploads.get(idIn(request.path, 3))?.parts.set(Number(idIn(request.path, 5)), bytes.slice())
        return { json: { part: Number(idIn(request.path, 5)), bytes: bytes.length } }
      },
    }
  }

  #uploadState(upload: string) {
    const { sealedSize, parts } = this.uploads.get(upload) ?? { sealedSize: 1, parts: new Map() }
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    return { upload, sealedSize, partBytes: 8 * 1024 * 1024, parts: [...parts.keys()], expiresAt }
  }

  #ledgerRoutes(): Record<string, FakeRoute> {
    return {
      'GET /v1/ledger/proofs/*': async ({ path }) => ({
        bytes: new TextEncoder().encode(await this.ledger.proof(Number(idIn(path, 4)))),
      }),
      'GET /log/checkpoint': async () => ({
        bytes: new TextEncoder().encode(await this.ledger.checkpoint()),
      }),
      'GET /log/tile/.+': ({ path }) => {
        const bytes = this.ledger.log.files.get(path.slice('/log/'.length))
        return bytes ? { bytes } : { status: 404, json: { code: 'not-found', title: 'No such tile.' } }
      },
      'POST /v1/ledger/find': (request) => ({
        json: { origin: ORIGIN, entries: this.ledger.find(body<{ tags: string[] }>(request).tags) },
      }),
      'GET /v1/ledger/history': (request) => {
        const { patient } = this.#account(request)
        const entries = this.ledger.lines
          .filter((line) => line.patient === patient)
          .map(({ receipt, index }) => ({ ...receipt, index, state: 'final', withheld: false }))
        return { json: { origin: ORIGIN, entries, next: null } }
      },
    }
  }

  #consentRoutes(): Record<string, FakeRoute> {
    const view = (grant: Grant, sealedKeys: string): ConsentView => ({
      grant,
      state: 'active',
      granteeName: 'A doctor',
      grantee: {},
      patientName: null,
      sealedKeys,
      revokedAt: null,
    })
    type End = { kind: string; state: 'revoked' | 'given-back'; by?: object }
    const end = async (document: Revocation | GiveBack, { kind, state, ...by }: End) => {
      const { id, patient, consent, at } = document
      const statements = [{ kind, document }]
      await this.ledger.submit(patient, { kind: 'revoke', id, details: { consent, ...by }, statements })
      const ended = { ...(this.consents.get(consent) as ConsentView), state, revokedAt: at }
      this.consents.set(consent, ended)
      return { json: { consent: ended } }
    }
    return {
      'GET /v1/consents': () => ({
        json: { consents: [...this.consents.values()].filter(({ state }) => state === 'active') },
      }),
      'POST /v1/consents': (request) => {
        const { grant, sealedKeys } = body<{ grant: Grant; sealedKeys: string }>(request)
        this.consents.set(grant.id, view(grant, sealedKeys))
        return { status: 201, json: { consent: this.consents.get(grant.id) } }
      },
      'POST /v1/consents/*/revocation': async (request) => {
        const { revocation } = body<{ revocation: Revocation }>(request)
        return end(revocation, { kind: 'revoke', state: 'revoked' })
      },
      'POST /v1/consents/*/give-back': async (request) => {
        const { giveBack } = body<{ giveBack: GiveBack }>(request)
        const { id, keys } = this.#account(request)
        const by = { account: id, identity: keys.identity }
        return end(giveBack, { kind: 'give-back', state: 'given-back', by })
      },
      'PUT /v1/consents/*/keys': (request) => {
        const id = idIn(request.path, 3)
        const { sealedKeys } = body<{ sealedKeys: string }>(request)
        this.consents.set(id, { ...(this.consents.get(id) as ConsentView), sealedKeys })
        return {}
      },
    }
  }
}
