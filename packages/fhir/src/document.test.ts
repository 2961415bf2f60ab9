import { beforeAll, describe, expect, it } from 'vitest'
import { categoryOf } from './categories.ts'
import { categoryOfFile, documentReferenceFor, mayShowInline, sniffContentType } from './document.ts'
import { readDefinitions } from './testing/definitions.ts'
import { hasSharedData, SHARED_DATA, sampleFiles, syntheaBundles } from './testing/shared-data.ts'
import { makeValidator, type Validator } from './validate.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) =>
  new Uint8Array(Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).buffer)

describe('a file is what its bytes say', () => {
  it.each<[string, Uint8Array, string?]>([
    ['application/pdf', bytes('%PDF-1.7\n')],
    ['image/png', bytes('\x89PNG\r\n\x1a\n\0\0')],
    ['image/jpeg', bytes('\xff\xd8\xff\xe0')],
    ['image/gif', bytes('GIF89a')],
    ['image/webp', bytes('RIFF\x10\0\0\0WEBPVP8 ')],
    ['audio/wav', bytes('RIFF\x10\0\0\0WAVEfmt ')],
    ['video/mp4', bytes('\0\0\0\x18ftypisom')],
    ['audio/mp4', bytes('\0\0\0\x18ftypM4A ')],
    ['image/heic', bytes('\0\0\0\x18ftypheic')],
    ['video/webm', bytes('\x1a\x45\xdf\xa3')],
    ['audio/mpeg', bytes('ID3\x03\0')],
    ['audio/mpeg', bytes('\xff\xfb\x90\x44')],
    ['application/dicom', bytes(`${'\0'.repeat(128)}DICM`)],
    ['application/zip', bytes('PK\x03\x04')],
    ['image/bmp', bytes('BM\x46\0\0\0\0\0\0\0')],
    ['x-application/hl7-v2+er7', utf8('MSH|^~\\&|LAB')],
    ['x-application/hl7-v2+er7', utf8('\ufeffMSH|^~\\&|LAB')],
    ['x-application/hl7-v2+er7', utf8('\vMSH|^~\\&|LAB\r\x1c\r')],
    ['x-application/hl7-v2+er7', utf16('MSH|^~\\&|LAB')],
    ['application/hl7-v3+xml', utf8('<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">')],
    ['application/fhir+xml', utf8('<Patient xmlns="http://hl7.org/fhir">')],
    ['application/xml', utf8('<?xml version="1.0"?><a/>')],
    ['text/html', utf8('<!DOCTYPE html><html>')],
    ['image/svg+xml', utf8('<svg xmlns="x"><script/></svg>')],
    ['application/json', utf8('{"a":1}')],
    ['application/json', utf8(`[${'1,'.repeat(5000)}1]`)],
    ['application/fhir+json', utf8('{"resourceType":"Patient"}')],
    ['application/fhir+ndjson', utf8('{"resourceType":"Patient"}\n{"resourceType":"Patient"}\n')],
    ['text/plain', utf8('{not json}')],
    ['text/plain', utf8('BMI: 24')],
    ['text/plain', utf8('ID3 was measured')],
    ['text/plain', utf8('नमस्ते')],
    ['text/plain', bytes('caf\xe9')],
    ['text/csv', utf8('a,b\n1,2'), 'results.CSV'],
    ['application/octet-stream', bytes('\0\x01\x02')],
    ['application/octet-stream', new Uint8Array()],
  ])('%s', (type, content, name) => {
    expect(sniffContentType(content, name)).toBe(type)
  })

  it('a character cut in two at the end of the sample is still text', () => {
    expect(sniffContentType(utf8(`a${'न'.repeat(3000)}`))).toBe('text/plain')
  })
})

describe('attacks', () => {
  it.each([
    ['malware.exe called report.pdf', bytes('MZ\x90\0\x03'), 'report.pdf', 'application/octet-stream'],
    ['a web page called scan.png', utf8('<html><script>'), 'scan.png', 'text/html'],
    ['a web page called data.csv', utf8('  \n<html>'), 'data.csv', 'text/html'],
    ['a picture that runs scripts', utf8('<svg onload="x">'), 'photo.jpg', 'image/svg+xml'],
  ])('%s is not believed', (_, content, name, type) => {
    const sniffed = sniffContentType(content, name)
    expect(sniffed).toBe(type)
    expect(mayShowInline(sniffed)).toBe(false)
  })

  it('kinds that are safe to show are', () => {
    expect(['application/pdf', 'image/png', 'video/mp4'].every(mayShowInline)).toBe(true)
  })
})

describe('documentReferenceFor', () => {
  let validator: Validator
  beforeAll(() => {
    validator = makeValidator(readDefinitions())
  })
  const file = {
    fileName: 'blood test.pdf',
    contentType: 'application/pdf',
    size: 12_345,
    patient: 'Patient/p1',
  }

  it.each([
    [{}],
    [{ date: '2024-01-02', sha256: 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ', author: 'Dr Asha Rao' }],
    [{ author: 'Practitioner/7', category: 'laboratory' as const }],
    [{ date: '2024-01-02T10:00:00+05:30', patient: 'urn:uuid:0b6d5c5e-9f0a-4a3e-8a52-1d4b5a0a6f11' }],
    [{ date: 'not a date', fileName: '', author: '' }],
    [{ category: 'sensitive' as const }],
  ])('is valid R4: %j', (more) => {
    expect(validator.validateResource(documentReferenceFor({ ...file, ...more }))).toEqual([])
  })

  it('falls into the category it was made for', () => {
    for (const category of [
      'laboratory',
      'imaging',
      'immunization',
      'prescription',
      'consultation',
      'summary',
      'vitals',
      'document',
    ] as const)
      expect(categoryOf(documentReferenceFor({ ...file, category }))).toBe(category)
    expect(categoryOf(documentReferenceFor({ ...file, contentType: 'application/dicom' }))).toBe('imaging')
    expect(categoryOfFile('application/dicom')).toBe('imaging')
    expect(categoryOfFile('application/pdf')).toBe('document')
  })
})

describe.skipIf(!hasSharedData)(`real files (${SHARED_DATA})`, () => {
  it.each([
    ['dicom', 'application/dicom'],
    ['hl7v2', 'x-application/hl7-v2+er7'],
    ['ccda', 'application/hl7-v3+xml'],
  ] as const)('%s', (kind, type) => {
    const files = sampleFiles(kind)
    expect(files.length).toBeGreaterThan(3)
    for (const { name, bytes: content } of files)
      expect(sniffContentType(content, 'unnamed'), name).toBe(type)
  })

  it('FHIR bundles, from their first bytes alone', () => {
    for (const { text } of syntheaBundles())
      expect(sniffContentType(utf8(text.slice(0, 4096)))).toBe('application/fhir+json')
  })
})
