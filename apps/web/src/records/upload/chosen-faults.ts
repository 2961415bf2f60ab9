import type { ChosenFile } from './chosen-files.ts'
import { isDay } from './guess-file.ts'

export const LONGEST_TITLE = 200
/** The contract's UNFINISHED_BYTES, whose module would bring a validator's code generation into the page. */
export const LARGEST_FILE = 16 * 2 ** 30

export type ChosenFaults = {
  title?: 'missing' | 'tooLong'
  occurred?: 'missing' | 'future'
  file?: 'empty' | 'tooLarge'
}

/** What is wrong with what she has entered, by field. */
export function faultsOf({ title, occurred, file }: ChosenFile, today: string): ChosenFaults {
  const faults: ChosenFaults = {}
  if (title.trim() === '') faults.title = 'missing'
  else if ([...title].length > LONGEST_TITLE) faults.title = 'tooLong'
  if (!isDay(occurred)) faults.occurred = 'missing'
  else if (occurred > today) faults.occurred = 'future'
  if (file.size === 0) faults.file = 'empty'
  else if (file.size > LARGEST_FILE) faults.file = 'tooLarge'
  return faults
}
