import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useWords } from '../app/words.ts'
import classes from './CardList.module.css'

/** Cards shown at first, and with each “more”. */
const STEP = 20

/** A list of cards of any length: the rest comes when asked for, so that a thousand cost nothing. */
export function CardList<T>({
  items,
  keyOf,
  children,
}: {
  items: readonly T[]
  keyOf: (item: T) => string
  children: (item: T) => ReactNode
}) {
  const { t } = useWords('patient')
  const [shown, setShown] = useState(STEP)
  const hidden = items.length - shown
  return (
    <>
      <ul className={classes.list}>
        {items.slice(0, shown).map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          {t('more', { count: hidden })}
        </Button>
      )}
    </>
  )
}
