import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signIn } from '@curo/client/accounts'
import { findPatients } from '@curo/client/patients'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCuro } from './testing/command-line.ts'
import { makeTestHospital, PASSWORD, type TestHospital } from './testing/hospital.ts'

let folder: string
let training: TestHospital
let real: TestHospital
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-demo-data-'))
  ;[training, real] = [await makeTestHospital({ training: true }), await makeTestHospital()]
})
afterAll(async () => {
  await Promise.all([training?.stop(), real?.stop()])
  await rm(folder, { recursive: true, force: true })
})

async function signedIn(hospital: TestHospital, contact: string, name: string) {
  const profile = join(folder, `${name}.json`)
  const login = await runCuro(
    ['login', '--node', hospital.node.address, '--contact', contact, '--profile', profile],
    {
      environment: { CURO_PASSWORD: PASSWORD },
    },
  )
  if (login.code !== 0) throw new Error(login.stderr)
  return (args: string[]) => runCuro([...args, '--profile', profile, '--json'])
}

test('a real hospital never gets invented patients, not even from its administrator', async () => {
  const curo = await signedIn(real, real.admin.account.contact, 'real')
  const out = join(folder, 'never')
  const { code, stderr } = await curo(['demo-data', '--patients', '1', '--out', out])
  expect(code).not.toBe(0)
  expect(stderr).toContain('not a training hospital')
  const desk = await real.hire('staff')
  expect((await findPatients(desk, { limit: 10, search: '+919000000041' })).patients).toEqual([])
  await expect(stat(out)).rejects.toThrow()
})

test('a training hospital is filled, and a second run adds nothing', async () => {
  const curo = await signedIn(training, training.admin.account.contact, 'training')
  const out = join(folder, 'people')
  const first = await curo(['demo-data', '--patients', '1', '--out', out])
  expect(first.stderr).toBe('')
  const made = JSON.parse(first.stdout) as { patients: number; records: number }
  expect(made.patients).toBe(1)
  expect(made.records).toBeGreaterThan(800)

  expect((await stat(out)).mode & 0o077).toBe(0)
  for (const name of await readdir(out)) expect((await stat(join(out, name))).mode & 0o077, name).toBe(0)
  const password = (await readFile(join(out, 'password.txt'), 'utf8')).trim()
  expect(password.length).toBeGreaterThanOrEqual(16)
  const desk = await signIn(training.connection, { contact: '+919000000021', password })
  const { patients } = await findPatients(desk, { search: 'Sundaresan' })
  expect(patients).toHaveLength(1)
  // Nobody could read a code, so nobody has an app; a message to an invented number never left the house.
  expect(patients[0]?.activated).toBe(false)

  const second = await curo(['demo-data', '--patients', '1', '--out', out])
  expect(JSON.parse(second.stdout)).toMatchObject({ records: 0 })
  expect((await findPatients(desk, { search: 'Sundaresan' })).patients).toHaveLength(1)
})

test('only an administrator may', async () => {
  const clerk = await training.hire('staff')
  const curo = await signedIn(training, clerk.account.contact, 'clerk')
  const { code, stderr } = await curo(['demo-data', '--patients', '1', '--out', join(folder, 'clerk')])
  expect(code).not.toBe(0)
  expect(stderr).toContain('administrator')
})
