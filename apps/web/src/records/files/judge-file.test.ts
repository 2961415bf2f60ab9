import { describe, expect, it } from 'vitest'
import { judgeFile } from './judge-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const judge = (content: string, name: string, claimedType?: string) =>
  judgeFile({ first: bytes(content), name, claimedType })
const dicom = `${'\0'.repeat(128)}DICM`

describe('a file is shown as what it is', () => {
  it.each([
    ['%PDF-1.7\n', 'report.pdf', 'pdf'],
    ['\x89PNG\r\n\x1a\n', 'x.png', 'download'],
    [dicom, 'IM0001', 'dicom'],
    [dicom, 'scan.dcm', 'dicom'],
    ['a,b\n1,2', 'values.csv', 'text'],
    ['{"a":1}', 'a.json', 'text'],
    ['{"a":1}', 'a.txt', 'text'],
    ['Just text', 'note', 'text'],
    ['<!doctype html><p>hi', 'page.html', 'markup'],
    ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'x.svg', 'markup'],
    ['PK\x03\x04', 'a.zip', 'download'],
    ['\x00\x01\x02\x03', 'a.bin', 'download'],
  ])('%j named %s: %s', (content, name, show) => {
    expect(judge(content, name).show).toBe(show)
  })
})

describe('attacks', () => {
  it.each([
    ['a page called a PDF', '<html><script>alert(1)</script>', 'report.pdf', 'pdf'],
    ['a picture that is a program text', '<svg onload="x()"></svg>', 'photo.png', 'picture'],
    ['a page called text', '<!doctype html><script>x()</script>', 'note.txt', 'text'],
    ['a program called a scan', 'MZ\x90\0\x03\0\0\0', 'scan.dcm', 'dicom'],
    ['an archive called a PDF', 'PK\x03\x04', 'report.PDF', 'pdf'],
  ])('%s is a download that says so', (_, content, name, claimed) => {
    expect(judge(content, name)).toMatchObject({ show: 'download', claimed })
  })

  it('a lie in the content type counts where the name says nothing', () => {
    expect(judge('<html><p>', 'file', 'application/pdf')).toMatchObject({ show: 'download', claimed: 'pdf' })
    expect(judge('%PDF-1.4', 'file', 'application/octet-stream').show).toBe('pdf')
    expect(judge('%PDF-1.4', 'constructor.constructor').show).toBe('pdf')
  })

  it('an empty file is a download', () => {
    expect(judge('', 'a.pdf').show).toBe('download')
  })
})
