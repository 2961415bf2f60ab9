import { join } from 'node:path'
import { signIn } from '@curo/client/accounts'
import { readCard } from '@curo/client/cards'
import { revokeConsent } from '@curo/client/granting'
import { openTimeline } from '@curo/client/openings'
import { registerPatientAtDesk } from '@curo/client/patients'
import { utf8Bytes } from '@curo/crypto/bytes'
import { existingCluster } from '@curo/node/embedded-postgres/place'
import { deleteBuckets, scrubUntilWhole } from './damage.ts'
import type { Expected } from './expected.ts'
import { clinicalSlices, clinicalTexts, type FileInput, fileSlices, type PatientInput } from './input.ts'
import { leave } from './leave.ts'
import { leaveLedger, mustFindFlippedBit, verifyOffline } from './offline.ts'
import {
  activateApp,
  allowDoctor,
  checkHistory,
  mustBeRefused,
  openWithoutCard,
  readOwn,
} from './patient-app.ts'
import { connectTo, hire, secretsOf, setUpAdmin } from './people.ts'
import { type Needle, searchPlaintext } from './plaintext-search.ts'
import { makeRecordingFetch } from './recording-fetch.ts'
import { startRegion } from './region.ts'
import { sealHistory } from './seal-history.ts'
import { askAndEnterCode, findHistory, mustNotOpen, openAll } from './second-doctor.ts'
import type { makeStepTable } from './step-table.ts'
import { must, mustRefuse } from './step-table.ts'

type Cast = { input: PatientInput; card: string; recoveryCode: string; expected: Expected }

/** The main job, step by step. Everything is left under `folder`; what does not hold is thrown. */
export async function play({
  folder,
  inputs,
  files,
  steps,
}: {
  folder: string
  inputs: readonly PatientInput[]
  files: readonly FileInput[]
  steps: ReturnType<typeof makeStepTable>
}): Promise<void> {
  const http = makeRecordingFetch(join(folder, 'http'))
  const logs = join(folder, 'logs')
  const { region } = await steps.run('a region of hospitals', async () => {
    const started = await startRegion({ folder: join(folder, 'hospitals'), logs })
    return { region: started, checked: 'four nodes answer; three witness the ledger of the first', count: 4 }
  })
  try {
    const { home, policy, policyText } = region
    const connection = await connectTo(home, http.fetch)
    const { admin } = await steps.run('the administrator', async () => ({
      admin: await setUpAdmin(connection, home.setupCode),
      checked: 'set up with the code printed once; a wrong code is refused',
      count: 1,
    }))
    const { staff, author, second, third } = await steps.run('doctors and staff', async () => {
      const by = { admin: admin.person }
      const staffMember = await hire(connection, { ...by, role: 'staff', name: 'Tenzin Bhutia' })
      const doctors = []
      for (const name of ['Dr Asha Raghavan', 'Dr Tomas Okafor', 'Dr Mei-Lin Castellanos'])
        doctors.push(await hire(connection, { ...by, role: 'doctor', name }))
      const [one, two, three] = doctors
      must(one && two && three, 'Three doctors are hired.')
      const checked = 'registered, refused while waiting, approved, signed in'
      return { staff: staffMember, author: one, second: two, third: three, checked, count: 4 }
    })

    const { cast } = await steps.run('patients at the desk', async () => {
      const made: Cast[] = []
      for (const input of inputs) {
        const { card, recoveryCode } = await registerPatientAtDesk(staff.person, input.demographics)
        made.push({ input, card, recoveryCode, expected: new Map() })
      }
      return {
        cast: made,
        checked: 'registered from the bundle, keys attested, card issued',
        count: made.length,
      }
    })
    await steps.run('a clerk', async () => {
      for (const { card } of cast) {
        const scanned = await readCard(card)
        await mustRefuse('A clerk who reads a record', ['forbidden', 'not-found'], () =>
          openTimeline(staff.person, {
            patient: 'AAAAAAAAAAAAAAAAAAAAAA',
            consent: 'AAAAAAAAAAAAAAAAAAAAAA',
            reader: { via: 'card', card: scanned },
          }),
        )
      }
      return { checked: 'has no route to a record, even with the card', count: cast.length }
    })

    await steps.run('the first doctor seals', async () => {
      let count = 0
      for (const [index, one] of cast.entries()) {
        one.expected = await sealHistory(author.person, {
          scanned: one.card,
          input: one.input,
          files: index === 0 ? files : [],
        })
        count += one.expected.size
      }
      return { checked: 'every clinical resource and file, sealed here; each receipt checked', count }
    })

    const visits = await steps.run('the second doctor finds', async () => {
      const found = []
      let count = 0
      for (const { card, expected } of cast) {
        // A registration, and an anchor for each record.
        const visit = await findHistory(second.person, card, expected.size + 1)
        await mustNotOpen(second.person, { card: visit.card, patient: visit.found.patient })
        found.push(visit)
        count += visit.entries.length
      }
      return {
        visits: found,
        checked: 'with the card alone: her entries in the ledger, none missing; nothing opens',
        count,
      }
    })
    const { consents } = await steps.run('the code on her phone', async () => {
      const given: string[] = []
      for (const [index, { card, found }] of visits.visits.entries()) {
        const phone = cast[index]?.input.demographics.phone
        given.push(
          await askAndEnterCode(second.person, {
            hospital: home,
            phone: phone ?? '',
            card,
            found,
            strangers: [third.person],
          }),
        )
      }
      return {
        consents: given,
        checked: 'wrong, stranger’s and second use refused; right code is a consent',
        count: given.length,
      }
    })
    const { openings } = await steps.run('the second doctor opens', async () => {
      const made: number[] = []
      let count = 0
      for (const [index, { card, found }] of visits.visits.entries()) {
        const one = cast[index]
        must(one, 'Each visit has a patient.')
        const opened = await openAll(second.person, {
          card,
          found,
          consent: consents[index] ?? '',
          expected: one.expected,
        })
        made.push(opened.openings)
        count += opened.records
      }
      return { openings: made, checked: 'everything, compared byte for byte with what was sealed', count }
    })

    const { patients } = await steps.run('the patient activates her app', async () => {
      const activated = []
      let count = 0
      for (const { input, card, expected } of cast) {
        const { given, family } = input.demographics.name
        activated.push(
          await activateApp(connection, {
            hospital: home,
            phone: input.demographics.phone,
            scanned: card,
            name: `${given} ${family}`.trim(),
            records: expected.size,
          }),
        )
        count += expected.size
      }
      return {
        patients: activated,
        checked: 'a root no desk has known; every record re-wrapped to it',
        count,
      }
    })
    await steps.run('the patient reads', async () => {
      let count = 0
      for (const [index, { person }] of patients.entries())
        count += await readOwn(person, cast[index]?.expected ?? new Map())
      return { checked: 'her whole history, without anyone’s help, byte for byte', count }
    })
    await steps.run('the patient sees who looked', async () => {
      let count = 0
      for (const [index, { person }] of patients.entries())
        count += (
          await checkHistory(person, {
            openings: openings[index] ?? 0,
            records: cast[index]?.expected.size ?? 0,
            policy,
          })
        ).entries
      return { checked: 'each opening is there; complete, unaltered, cosigned by two of three', count }
    })

    const allowed = await steps.run('she allows the third doctor', async () => {
      const granted = []
      for (const { person } of patients)
        granted.push(await allowDoctor(person, { name: third.person.account.name, policy }))
      return {
        granted,
        checked: 'a standing consent, sealed to a key proved by the ledger',
        count: granted.length,
      }
    })
    const withoutCard = await steps.run('the third doctor opens', async () => {
      const opened = []
      let count = 0
      for (const [index, { person }] of patients.entries()) {
        const expected = cast[index]?.expected ?? new Map()
        const one = await openWithoutCard(third.person, { patient: person.account.patient, expected })
        opened.push(one)
        count += one.count
      }
      return { opened, checked: 'without the card, byte for byte', count }
    })
    await steps.run('she revokes', async () => {
      for (const [index, { person }] of patients.entries()) {
        const consent = allowed.granted[index]
        const opened = withoutCard.opened[index]
        must(consent && opened, 'Each patient allowed the doctor.')
        await revokeConsent(person, consent, { policy })
        await mustBeRefused(third.person, opened)
      }
      return {
        checked: 'the next opening is refused, for the timeline and for a known record',
        count: patients.length,
      }
    })

    await steps.run('two of six buckets are gone', async () => {
      const gone = await deleteBuckets(home, [2, 5])
      for (const [index, { person }] of patients.entries())
        await readOwn(person, cast[index]?.expected ?? new Map())
      return { checked: 'everything still opens', count: gone }
    })
    await steps.run('they are rebuilt', async () => {
      await scrubUntilWhole(admin.person)
      // Were the first two not rebuilt, four would be missing now.
      const gone = await deleteBuckets(home, [1, 6])
      const repaired = await scrubUntilWhole(admin.person)
      must(repaired === gone, `${repaired} of ${gone} deleted objects were rebuilt.`)
      for (const [index, { person }] of patients.entries())
        await readOwn(person, cast[index]?.expected ?? new Map())
      return {
        checked: 'a scrub rebuilds; two others are deleted, rebuilt, and everything opens',
        count: repaired,
      }
    })
    await steps.run('the patient checks again', async () => {
      let count = 0
      for (const [index, { person, contact, password }] of patients.entries()) {
        const again = await signIn(connection, { contact, password })
        must(again.account.id === person.account.id, 'She signs in again.')
        const total = (openings[index] ?? 0) + (withoutCard.opened[index]?.openings ?? 0)
        count += (
          await checkHistory(person, { openings: total, records: cast[index]?.expected.size ?? 0, policy })
        ).openings
      }
      return { checked: 'the third doctor’s openings are there too, refused ones are not', count }
    })

    await steps.run('proofs and dump', async () => ({
      checked: 'a .tlog-proof for each of her entries, verified; the database as SQL',
      count: await leave({ folder, home, policy, patients: patients.map(({ person }) => person) }),
    }))
    const ledger = join(folder, 'ledger')
    await steps.run('the ledger offline', async () => {
      await leaveLedger(join(home.dataFolder, 'ledger'), ledger, {
        logKey: connection.hospital.logKey,
        policy: policyText,
      })
      const { size, cosignatures } = await verifyOffline(ledger)
      must(cosignatures >= 2, `The checkpoint has ${cosignatures} cosignatures.`)
      await mustFindFlippedBit(ledger, join(folder, 'flipped'))
      return { checked: 'from its files alone, with two cosignatures; a flipped bit is found', count: size }
    })

    await steps.run('a search for plaintext', async () => {
      const workers = [admin, staff, author, second, third]
      const secrets: Needle[] = [
        ...secretsOf(workers),
        ...secretsOf(patients),
        ...(await Promise.all(cast.map(({ card, recoveryCode }) => cardSecrets(card, recoveryCode)))).flat(),
      ]
      const content = [
        ...cast.flatMap(({ input }) => [...clinicalTexts(input.records), ...clinicalSlices(input.records)]),
        ...(await Promise.all(files.map(({ path }) => fileSlices(path)))).flat(),
      ]
      const clinical = content.map((bytes) => ({ what: 'piece of clinical content', bytes }))
      const personal = cast.flatMap(({ input }) =>
        input.personalTexts.map((text) => ({ what: 'personal text', bytes: utf8Bytes(text) })),
      )
      const kept = ['database.sql', 'buckets', 'ledger', 'logs', 'proofs'].map((name) => join(folder, name))
      // PostgreSQL's own files too: its write-ahead log and the job queue are in them, and in no dump.
      const cluster = await existingCluster(home.dataFolder)
      must(cluster, 'The embedded database has files.')
      const stores = [...kept, cluster]
      const everywhere = await searchPlaintext([...stores, join(folder, 'http')], [...secrets, ...clinical])
      const atRest = await searchPlaintext(stores, personal)
      const first = [...everywhere.findings, ...atRest.findings][0]
      must(!first, `A ${first?.what} was found ${first?.form} in ${first?.file}`)
      must(
        clinical.length > 0 && everywhere.bytes > 0,
        'There was something to look for, and somewhere to look.',
      )
      const megabytes = Math.round(everywhere.bytes / 1e6)
      const checked = `${secrets.length + clinical.length + personal.length} planted texts and secrets in ${megabytes} MB, in 9 forms: none`
      return { checked, count: everywhere.files }
    })
  } finally {
    await region.stop()
  }
}

async function cardSecrets(scanned: string, recoveryCode: string): Promise<Needle[]> {
  const { payload, seed } = await readCard(scanned)
  return [
    { what: 'card secret', bytes: payload.cardSecret },
    { what: 'card key', bytes: seed },
    { what: 'lookup key', bytes: payload.lookupKey },
    { what: 'recovery code', bytes: utf8Bytes(recoveryCode) },
  ]
}
