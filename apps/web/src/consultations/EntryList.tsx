import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Entries.module.css'

type Entry = { id: string; text: string }
export type OnEntries<T> = (change: (entries: readonly T[]) => readonly T[]) => void

type EntryListProps<T> = {
  entries: readonly T[]
  onEntries: OnEntries<T>
  /** What stands beside its name. */
  markOf: (entry: T) => string
  /** Of the button that takes it away. */
  removeLabelOf: (entry: T) => string
  /** What else is said of it. */
  fields: (entry: T, given: { at: number; change: (given: Partial<T>) => void }) => ReactNode
}

/** What was entered so far, one below the other, each with its fields and a button that takes it away. */
export function EntryList<T extends Entry>(props: EntryListProps<T>) {
  const { entries, onEntries, markOf, removeLabelOf, fields } = props
  if (entries.length === 0) return null
  const changeOf = (id: string) => (given: Partial<T>) =>
    onEntries((all) => all.map((entry) => (entry.id === id ? { ...entry, ...given } : entry)))
  return (
    <ol className={classes.list}>
      {entries.map((entry, at) => (
        <li key={entry.id} className={classes.entry}>
          <div className={classes.head}>
            <span className={classes.name}>
              <bdi>{entry.text}</bdi>
            </span>
            <span className={classes.code}>{markOf(entry)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={removeLabelOf(entry)}
              onClick={() => onEntries((all) => all.filter(({ id }) => id !== entry.id))}
            >
              <IconX size={18} />
            </ActionIcon>
          </div>
          <div className={classes.fields}>{fields(entry, { at, change: changeOf(entry.id) })}</div>
        </li>
      ))}
    </ol>
  )
}
