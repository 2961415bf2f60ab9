import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './ResourceViewer.module.css'

const MOST_TEXT = 4000
const MOST_ENTRIES = 200
const OPEN_LEVELS = 1

/** Every detail of a resource, in R4's own names: nothing is left out, nothing is made nicer. */
export default function ResourceTree({ resource }: { resource: object }) {
  const { t } = useRecordWords()
  return (
    <ul className={classes.tree} aria-label={t('record.tree')}>
      {Object.entries(resource).map(([name, value]) => (
        <Node key={name} name={name} value={value} level={0} />
      ))}
    </ul>
  )
}

function Node({ name, value, level }: { name: string; value: unknown; level: number }) {
  const { t } = useRecordWords()
  const isBranch = typeof value === 'object' && value !== null
  const entries = isBranch ? Object.entries(value) : []
  const [isOpen, setOpen] = useState(level < OPEN_LEVELS && entries.length <= 8)
  const [shown, setShown] = useState(MOST_ENTRIES)
  const id = useId()
  if (!isBranch)
    return (
      <li className={classes.leaf}>
        <span className={classes.key}>{name}</span>{' '}
        <span className={classes.leafValue}>{leafWords(value)}</span>
      </li>
    )
  return (
    <li>
      <UnstyledButton
        className={classes.branch ?? ''}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen((now) => !now)}
      >
        <IconChevronRight
          size={16}
          aria-hidden
          className={classes.chevron}
          data-open={isOpen}
          data-turn="quarter"
        />
        <span className={classes.key}>{name}</span>
        <span className={classes.count}>{t('record.items', { count: entries.length })}</span>
      </UnstyledButton>
      <ul id={id} className={classes.tree}>
        {isOpen &&
          entries
            .slice(0, shown)
            .map(([key, inner]) => (
              <Node
                key={key}
                name={Array.isArray(value) ? String(Number(key) + 1) : key}
                value={inner}
                level={level + 1}
              />
            ))}
        {isOpen && entries.length > shown && (
          <li>
            <UnstyledButton
              className={classes.branch ?? ''}
              onClick={() => setShown((now) => now + MOST_ENTRIES)}
            >
              {t('summary.showAll', { count: entries.length - shown })}
            </UnstyledButton>
          </li>
        )}
      </ul>
    </li>
  )
}

function leafWords(value: unknown): string {
  const text = String(value)
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text
}
