import { listOwnRecords, putRecords } from '@curo/contract/records'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readMigrations } from '../migrations.ts'
import { consentByCode, tryOpening } from '../testing/consents.ts'
import { forgeRecord } from '../testing/envelopes.ts'
import { makeHospital } from '../testing/hospital.ts'
import { signProof } from '../testing/statements.ts'

test('what was kept before wraps lay beside their statements is read on as it was signed', async () => {
  const hospital = await makeHospital()
  try {
    const holder = await hospital.makeCardHolder()
    const { doctor, node } = hospital
    const { envelope, content } = await forgeRecord(await hospital.sealingFor(doctor, holder), {
      over: { v: 1 },
    })
    const proof = await signProof(hospital, holder.card, { account: doctor.account.id })
    const body = {
      patient: holder.id,
      authority: { by: 'card' as const, proof },
      records: [{ envelope, content }],
    }
    expect((await node.call(putRecords, { body }, { token: doctor.api.token ?? '' })).status).toBe(201)

    // As an earlier version had left it: the statement, and nothing beside it.
    const { db } = node.context
    await db.deleteFrom('wraps').execute()
    const migration = readMigrations().find(({ name }) => name === '0027-wraps-by-digest.sql')
    const copying = migration?.sql.slice(migration.sql.indexOf('insert into wraps')).split(';\n') ?? []
    for (const statement of copying.filter((text) => text.trim() !== '')) await sql.raw(statement).execute(db)

    const consent = (await consentByCode(hospital, holder)).grant.id
    const opened = await tryOpening(hospital, holder, { consent, records: [envelope.id] })
    expect(opened.body.records).toMatchObject([
      { envelope, wrap: envelope.wraps.find((wrap) => typeof wrap !== 'string' && wrap.to === 'card') },
    ])
    const own = await node.call(listOwnRecords, {}, { token: holder.app.api.token ?? '' })
    expect(own.body.records.map((record) => record.envelope)).toEqual([envelope])
  } finally {
    await hospital.stop()
  }
})
