import type { Category } from '@curo/crypto/category'

export type ResultFields = { file: File | null; title: string; occurred: string; category: Category }

export const NO_RESULT: ResultFields = { file: null, title: '', occurred: '', category: 'laboratory' }

const LONGEST_TITLE = 200
const EXTENSION = /\.[A-Za-z0-9]{1,8}$/

export type ResultFaults = {
  file?: 'none' | 'empty'
  title?: 'noTitle' | 'longTitle'
  occurred?: 'noDate' | 'future'
}

/** What is wrong with what was entered, by field. */
export function faultsOf({ file, title, occurred }: ResultFields, today: string): ResultFaults {
  const faults: ResultFaults = {}
  if (!file) faults.file = 'none'
  else if (file.size === 0) faults.file = 'empty'
  if (title.trim() === '') faults.title = 'noTitle'
  else if ([...title].length > LONGEST_TITLE) faults.title = 'longTitle'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(occurred)) faults.occurred = 'noDate'
  else if (occurred > today) faults.occurred = 'future'
  return faults
}

/** What a file is called until somebody says better. */
export const nameOf = ({ name }: Pick<File, 'name'>): string =>
  name.replace(EXTENSION, '').replace(/[_-]+/g, ' ')

/** The title with the file's own ending, by which it is told what kind of file it is. */
export function fileNameOf(title: string, { name }: Pick<File, 'name'>): string {
  const ending = EXTENSION.exec(name)?.[0] ?? ''
  const called = title.trim()
  return called.toLowerCase().endsWith(ending.toLowerCase()) ? called : `${called}${ending}`
}
