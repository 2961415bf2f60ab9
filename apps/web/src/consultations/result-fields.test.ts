import { expect, test } from 'vitest'
import { faultsOf, fileNameOf, nameOf } from './result-fields.ts'

const file = new File(['x'], 'CBC_report-2026.PDF')

test('what is wrong is said at its field', () => {
  const fields = { file, title: 'Blood count', occurred: '2026-02-01', category: 'laboratory' } as const
  const today = '2026-02-01'
  expect(faultsOf(fields, today)).toEqual({})
  expect(faultsOf({ ...fields, file: null, title: ' ', occurred: '' }, today)).toEqual({
    file: 'none',
    title: 'noTitle',
    occurred: 'noDate',
  })
  expect(faultsOf({ ...fields, file: new File([], 'a.pdf'), occurred: '2026-02-02' }, today)).toEqual({
    file: 'empty',
    occurred: 'future',
  })
  expect(faultsOf({ ...fields, title: '🩺'.repeat(201) }, today)).toEqual({ title: 'longTitle' })
})

test('a title keeps the ending of its file, once', () => {
  expect(nameOf(file)).toBe('CBC report 2026')
  expect(fileNameOf('Blood count', file)).toBe('Blood count.PDF')
  expect(fileNameOf('Blood count.pdf', file)).toBe('Blood count.pdf')
  expect(fileNameOf('Scan', new File([], 'noending'))).toBe('Scan')
})
