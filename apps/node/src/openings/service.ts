import type { CardProof } from '@curo/contract/cards'
import type { LedgerReceipt } from '@curo/contract/ledger'
import type { OpenedRecord, OpeningRequest, TimelineEntry } from '@curo/contract/openings'
import type { Wrap } from '@curo/contract/records'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { mediationStep } from '@curo/crypto/mediated'
import { verifyBody } from '@curo/crypto/signatures'
import { publicKeysOf } from '../accounts/directory.ts'
import { type CardInHand, checkCardInUse, checkCardProof, wasCardBlocked } from '../cards/service.ts'
import { inScope, isFresh } from '../consent/rules.ts'
import { activeConsent, type Consent, markUsed } from '../consent/service.ts'
import type { NodeContext } from '../context.ts'
import { checkStatementRecorded } from '../ledger/recorded-statement.ts'
import { holderPointsOf, openMediationScalar } from '../patients/directory.ts'
import { loadEnvelopes, loadFacts, loadRecords, type RecordToOpen } from '../records/store.ts'
import type { Session } from '../sessions.ts'

/*
 * [Note: log then release] Every read by anyone but the patient herself goes through `open` below: the right is
 * checked, the opening is appended to the ledger and durable, the custodian takes its mediation step, the right is
 * checked once more, and only then is anything given out. There is no second door. What is sealed is fetched while the
 * entry becomes durable; the custodian's step, without which it stays sealed, is taken after.
 */

const X25519_BYTES = 32
/** How long a large record's content may be fetched after its opening. */
const CONTENT_WINDOW_MS = 15 * 60_000

/** Absent and forbidden look the same. */
const nothingToOpen = () =>
  new CuroError(
    'not-found',
    'There is nothing here that you may open. Ask the patient for consent, then try again.',
  )

type Ask = { session: Session; request: OpeningRequest; proof: CardProof | undefined }

async function checkRequest(node: NodeContext, { session, request }: Ask): Promise<void> {
  if (request.account !== session.account.id) throw nothingToOpen()
  if (!isFresh(request.at, node.clock()))
    throw new CuroError(
      'expired',
      'This request to open is not from just now. Check this device’s clock and try again.',
    )
  await verifyBody({ kind: 'opening-request', body: request, expectedSigner: session.account.identity })
}

/** What a request stands on: no consent for an author who reads what she wrote, a card where one is needed. */
type Right = { consent: Consent | null; card: CardInHand | null }

/** @throws `not-found` where there is no right, as checkCardProof does */
async function rightTo(node: NodeContext, { session, request, proof }: Ask): Promise<Right> {
  if (request.via === 'author') {
    if (request.consent || !request.records) throw nothingToOpen()
    return { consent: null, card: null }
  }
  const consent =
    request.consent && (await activeConsent(node, { consent: request.consent, account: session.account.id }))
  if (!consent || consent.patient !== request.patient) throw nothingToOpen()
  if (!equalBytes(consent.identity, session.account.identity)) throw nothingToOpen()
  // A consent by OTP is good only with the card in hand; one from the patient's app brought the keys along.
  if (consent.given_by === 'app' && request.via !== 'card') return { consent, card: null }
  const card = proof && (await checkCardProof(node, { proof, account: session.account.id }))
  if (card?.patient !== request.patient) throw nothingToOpen()
  return { consent, card }
}

/** Every record asked for must exist, be this patient's, and fall under the consent or be the reader's own work. */
async function checkScope(
  node: NodeContext,
  { session, request }: Ask,
  consent: Consent | null,
): Promise<void> {
  const ids = request.records ?? []
  const facts = await loadFacts(node.db, ids)
  const allowed = facts.filter(
    (record) =>
      record.patient === request.patient &&
      (consent ? inScope(consent.scope, record) : record.author === session.account.id),
  )
  if (allowed.length !== new Set(ids).size) throw nothingToOpen()
}

/** One line in the ledger for this very request; a repeated one has its line already. */
async function writeOpening(
  node: NodeContext,
  { session, request }: Ask,
  consent: Consent | null,
): Promise<LedgerReceipt> {
  const [receipt] = await node.ledger.submitAlone([
    {
      patient: request.patient,
      class: consent?.given_by === 'emergency' ? 'emergency' : 'patient',
      kind: 'opening',
      id: request.id,
      at: node.clock().toISOString(),
      details: {
        opening: request.id,
        by: { account: session.account.id, identity: toBase64Url(session.account.identity) },
        via: request.via,
        // None named: the timeline.
        records: request.records ?? [],
        ...(consent ? { consent: consent.id } : {}),
      },
      statements: [{ kind: 'opening-request', document: request }],
    },
  ])
  if (!receipt) throw new CuroError('internal', 'The opening was not written.')
  checkStatementRecorded(receipt, request)
  return receipt
}

/**
 * The one door. `fetch` brings what is sealed, `release` makes the answer of it once the opening is durable; it is given
 * only if the right still holds then, so that a revocation or a blocked card that was answered before is honoured however
 * late it came.
 */
async function open<F, T>(
  node: NodeContext,
  ask: Ask,
  {
    fetch,
    release,
  }: { fetch: (consent: Consent | null) => Promise<F>; release: (fetched: F) => Promise<T> | T },
): Promise<{ receipt: LedgerReceipt; records: T }> {
  const isOver = node.ledger.expectAlone()
  try {
    await checkRequest(node, ask)
    const right = await rightTo(node, ask)
    const { consent } = right
    if (ask.request.records) await checkScope(node, ask, consent)
    const [receipt, fetched] = await Promise.all([writeOpening(node, ask, consent), fetch(consent)])
    const records = await release(fetched)
    await checkStillAllowed(node, ask, right)
    return { receipt, records }
  } finally {
    isOver()
  }
}

async function checkStillAllowed(
  node: NodeContext,
  { session }: Ask,
  { consent, card }: Right,
): Promise<void> {
  if (!consent) return
  if (consent.single_use && !consent.first_used_at) await markUsed(node, consent.id)
  const [still] = await Promise.all([
    activeConsent(node, { consent: consent.id, account: session.account.id }),
    card && checkCardInUse(node, card),
  ])
  if (!still) throw nothingToOpen()
}

/** What there is within a consent's scope. Throws `not-found` where there is no right. */
export async function openTimeline(
  node: NodeContext,
  ask: Ask,
): Promise<{ receipt: LedgerReceipt; records: TimelineEntry[] }> {
  if (ask.request.records) throw new CuroError('invalid-input', 'The timeline is asked for without records.')
  return await open(node, ask, {
    fetch: async (consent) => {
      if (!consent) throw nothingToOpen()
      const { categories, records, from, to } = consent.scope
      return await loadEnvelopes(node.db, {
        patient: ask.request.patient,
        categories,
        ids: records,
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      })
    },
    release: (envelopes) =>
      envelopes.map(({ id, category, epoch, kind, occurred, created, author, size, stub }) => ({
        id,
        category,
        epoch,
        kind,
        occurred,
        created,
        author,
        size,
        stub,
      })),
  })
}

/**
 * Opens records: ciphertext, the one wrap the reader can finish, and the custodian's step for exactly that wrap. A record
 * that was never sealed to such a key is left out; the others open.
 */
export async function openRecords(
  node: NodeContext,
  ask: Ask,
): Promise<{ receipt: LedgerReceipt; records: OpenedRecord[] }> {
  const ids = ask.request.records
  if (!ids) throw new CuroError('invalid-input', 'Name the records to open.')
  const { patient, via } = ask.request
  return await open(node, ask, {
    fetch: async () => {
      const [stored, holders] = await Promise.all([
        loadRecords(node.db, { ids, holder: via }),
        holderPointsOf(node.db, patient),
      ])
      const authors = await publicKeysOf(node.db, [...new Set(stored.map((record) => record.author))])
      return { stored, holders, authors }
    },
    release: async ({ stored, holders, authors }) => {
      const scalar = await openMediationScalar(node, patient)
      const byId = new Map(stored.map((record) => [record.id, record]))
      const opened = await Promise.all(
        [...new Set(ids)].map((id) => {
          const record = byId.get(id)
          const author = record && authors.get(record.author)
          if (!record || !author) throw nothingToOpen()
          return mediate(record, { scalar, holders, author })
        }),
      )
      return opened.filter((record) => record !== null)
    },
  })
}

/** X of the key that a wrap is sealed to, which its step is taken for. */
function holderPointOf(wrap: Wrap, holders: ReadonlyMap<string, Uint8Array>, authorSeal: Uint8Array) {
  return wrap.to === 'author' ? authorSeal.subarray(-X25519_BYTES) : holders.get(wrap.point ?? '')
}

async function mediate(
  record: RecordToOpen,
  given: {
    scalar: Uint8Array
    holders: ReadonlyMap<string, Uint8Array>
    author: { identity: Uint8Array; seal: Uint8Array }
  },
): Promise<OpenedRecord | null> {
  const { envelope, wrap, rewrap } = record
  const holder = wrap && holderPointOf(wrap, given.holders, given.author.seal)
  if (!holder) return null
  return {
    envelope,
    authorKey: toBase64Url(given.author.identity),
    wrap,
    rewrap,
    step: toBase64Url(await mediationStep(given.scalar, holder, fromBase64Url(wrap.sealed))),
    content: record.content && toBase64Url(record.content),
  }
}

/** Whether this account opened this record just now and may still fetch its content. Throws `not-found`. */
export async function checkFreshOpening(
  node: NodeContext,
  { session, opening, record }: { session: Session; opening: string; record: string },
): Promise<void> {
  const body = await node.ledger.bodyOf(node.db, 'opening', opening)
  const statement = body?.statements?.[0]?.document as OpeningRequest | undefined
  if (!body || !statement || statement.account !== session.account.id) throw nothingToOpen()
  if (!statement.records?.includes(record)) throw nothingToOpen()
  if (node.clock().getTime() - new Date(body.at).getTime() > CONTENT_WINDOW_MS) throw nothingToOpen()
  if (!statement.consent) return
  const { patient, consent: id } = statement
  const consent = await activeConsent(node, { consent: id, account: session.account.id })
  if (!consent) throw nothingToOpen()
  const stoodOnCard = consent.given_by !== 'app' || statement.via === 'card'
  if (stoodOnCard && (await wasCardBlocked(node, { patient, since: new Date(body.at) })))
    throw nothingToOpen()
}
