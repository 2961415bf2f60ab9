import { CATEGORIES, type Category } from '@curo/crypto/category'
import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../app/words.ts'
import classes from './CategoryChoice.module.css'

type CategoryChoiceProps = {
  /** Kinds to choose from; all of them where absent. */
  offered?: readonly Category[] | undefined
  chosen: Category[]
  onChange: (categories: Category[]) => void
  error?: ReactNode
}

/** Kinds of records, each with what it holds. */
export function CategoryChoice({ offered = CATEGORIES, chosen, onChange, error }: CategoryChoiceProps) {
  const { t } = useWords('consent')
  return (
    <Checkbox.Group
      value={chosen}
      onChange={(values) => onChange(CATEGORIES.filter((category) => values.includes(category)))}
      error={error}
      aria-label={t('form.what')}
    >
      <div className={classes.choices}>
        {CATEGORIES.filter((category) => offered.includes(category)).map((category) => (
          <Checkbox
            key={category}
            value={category}
            label={<span className={classes.label}>{t(`categories.${category}`)}</span>}
            description={t(`categoryHints.${category}`)}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
