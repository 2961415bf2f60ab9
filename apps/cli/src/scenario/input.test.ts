import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { readFileInput, readPatientInputs } from './input.ts'

const observation = (text: string, patient?: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text },
  ...(patient === undefined ? {} : { subject: { reference: `urn:uuid:${patient}` } }),
})
const [ONE, TWO] = ['7d0c1a52-0000-4000-8000-00000000000a', '7d0c1a52-0000-4000-8000-00000000000b']
const person = (id: string, more: object = {}) => ({
  fullUrl: `urn:uuid:${id}`,
  resource: { resourceType: 'Patient', ...more },
})

async function read(...entry: object[]) {
  const warnings: string[] = []
  const text = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry })
  const inputs = await readPatientInputs({ label: 'a bundle', text }, (line) => warnings.push(line))
  return { inputs, warnings, counts: inputs.map(({ records }) => records.length) }
}

test('an option takes every word up to the next one, and may come again', () => {
  const words = ['--bundle', 'a.json', 'b.json', '--file', 'c.dcm', '--bundle', 'd.json', '--keep', 'out']
  expect(readArguments(words)).toMatchObject({
    bundles: ['a.json', 'b.json', 'd.json'],
    files: ['c.dcm'],
    keep: 'out',
  })
  for (const wrong of [['a.json'], ['--keep', 'out', 'a.json'], ['--nonsense']])
    expect(() => readArguments(wrong)).toThrow('--help')
})

test('a bundle without a Patient is somebody’s whom the desk does not know', async () => {
  const { counts, warnings, inputs } = await read({ resource: observation('a finding') })
  expect([counts, warnings.length]).toEqual([[1], 1])
  expect(inputs[0]?.demographics.name.family).toBe('Unknown')
  // What the desk made up is no personal text: it would be found anywhere.
  expect(inputs[0]?.personalTexts.every((text) => text.startsWith('+'))).toBe(true)
})

test('of several Patients each gets her own, also beside a resource that is left out', async () => {
  const { counts, warnings } = await read(
    person(ONE),
    person(TWO, { name: [{ family: 'Marar' }] }),
    { resource: { ...observation('no code', ONE), code: undefined } },
    { resource: observation('hers', TWO) },
    { resource: observation('nobody’s') },
    { resource: observation('hers too', TWO) },
  )
  expect([counts, warnings.length]).toEqual([[1, 2], 1])
})

test('what cannot be read as a file is said before anything is started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'curo-input-'))
  await writeFile(join(folder, 'empty'), '')
  expect(await readFileInput(join(folder, 'empty'))).toMatchObject({ name: 'empty' })
  await expect(readFileInput(folder)).rejects.toThrow('not a file')
  await expect(readFileInput(join(folder, 'absent'))).rejects.toThrow('not a file')
  await rm(folder, { recursive: true })
})
