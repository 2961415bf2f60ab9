import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { searchPlaintext } from './plaintext-search.ts'

const folder = mkdtempSync(join(tmpdir(), 'curo-search-'))
afterAll(() => rmSync(folder, { recursive: true }))

const secret = Buffer.from('planted: severe aortic “stenosis”\n')
const needle = { what: 'diagnosis', bytes: secret }

const hiding: Record<string, Buffer> = {
  'as it is': Buffer.concat([Buffer.from('xx'), secret, Buffer.from('yy')]),
  hex: Buffer.from(`\\x00${secret.toString('hex')}ff`),
  'upper-case hex': Buffer.from(secret.toString('hex').toUpperCase()),
  'base64, alignment 0': Buffer.from(Buffer.concat([secret, Buffer.from('tail')]).toString('base64')),
  'base64, alignment 1': Buffer.from(
    Buffer.concat([Buffer.from('a'), secret, Buffer.from('tail')]).toString('base64'),
  ),
  'base64, alignment 2': Buffer.from(Buffer.concat([Buffer.from('ab'), secret]).toString('base64')),
  base64url: Buffer.from(Buffer.concat([Buffer.from('ab'), secret]).toString('base64url')),
  'inside JSON': Buffer.from(JSON.stringify({ note: secret.toString() })),
  'UTF-16': Buffer.from(secret.toString(), 'utf16le'),
  'across two reads': Buffer.concat([Buffer.alloc(4 * 1024 * 1024 - 5), secret]),
}

describe('a planted text is found', () => {
  for (const [form, content] of Object.entries(hiding))
    test(form, async () => {
      const file = join(folder, form.replace(/\W+/g, '-'))
      writeFileSync(file, content)
      const { findings, files, bytes } = await searchPlaintext([file], [needle])
      expect(findings.map((finding) => finding.what)).toContain('diagnosis')
      expect({ files, bytes }).toEqual({ files: 1, bytes: content.length })
    })
})

test('what is not there is not found', async () => {
  const file = join(folder, 'clean')
  writeFileSync(file, Buffer.alloc(100_000, 'planted: severe aortic '))
  expect((await searchPlaintext([file], [needle])).findings).toEqual([])
})
