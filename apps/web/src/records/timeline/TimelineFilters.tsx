import type { FilterChoices, TimelineFilter } from '@curo/fhir/timeline'
import { Button, CloseButton, Collapse, NativeSelect, TextInput, UnstyledButton } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './Timeline.module.css'

type Props = {
  choices: FilterChoices
  filter: TimelineFilter
  onFilter: (filter: TimelineFilter) => void
  query: string
  onQuery: ((query: string) => void) | undefined
}

/** A filter with one part changed; an empty part is left out. */
function changed(
  filter: TimelineFilter,
  part: Partial<Record<keyof TimelineFilter, unknown>>,
): TimelineFilter {
  const all = { ...filter, ...part } as Record<string, unknown>
  const kept = Object.entries(all).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(kept) as TimelineFilter
}

/** Search box, categories to tap, and behind a button dates and author. */
export function TimelineFilters({ choices, filter, onFilter, query, onQuery }: Props) {
  const { t, format } = useRecordWords()
  const [isMore, setMore] = useState(false)
  const id = useId()
  const chosen = new Set(filter.categories ?? [])
  const toggle = (category: (typeof choices.categories)[number]['category']) => {
    const next = new Set(chosen)
    if (!next.delete(category)) next.add(category)
    onFilter(changed(filter, { categories: [...next] }))
  }
  const set = [filter.from, filter.to, filter.authors].filter(
    (part) => part !== undefined && part.length > 0,
  ).length
  const isReversed = filter.from !== undefined && filter.to !== undefined && filter.from > filter.to
  return (
    <search className={classes.filters}>
      <div className={classes.searchRow}>
        {onQuery && (
          <TextInput
            className={classes.search ?? ''}
            type="search"
            aria-label={t('filters.search')}
            placeholder={t('filters.searchHint')}
            leftSection={<IconSearch size={18} aria-hidden />}
            rightSection={
              query !== '' && (
                <CloseButton size="sm" aria-label={t('filters.clearSearch')} onClick={() => onQuery('')} />
              )
            }
            value={query}
            onChange={(event) => onQuery(event.currentTarget.value)}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
          aria-expanded={isMore}
          aria-controls={id}
          onClick={() => setMore((now) => !now)}
        >
          {set > 0 ? t('filters.moreSet', { count: set }) : t('filters.more')}
        </Button>
      </div>
      <fieldset className={classes.chips}>
        <legend className="visually-hidden">{t('filters.categories')}</legend>
        {choices.categories.map(({ category, count }) => (
          <UnstyledButton
            key={category}
            className={classes.chip ?? ''}
            aria-pressed={chosen.has(category)}
            onClick={() => toggle(category)}
          >
            {t(`categories.${category}`)} <span className={classes.chipCount}>{format.number(count)}</span>
          </UnstyledButton>
        ))}
      </fieldset>
      <Collapse expanded={isMore} id={id} transitionDuration={0}>
        <div className={classes.more}>
          <TextInput
            type="date"
            label={t('filters.from')}
            value={filter.from ?? ''}
            onChange={(event) => onFilter(changed(filter, { from: event.currentTarget.value }))}
          />
          <TextInput
            type="date"
            label={t('filters.to')}
            value={filter.to ?? ''}
            error={isReversed && t('filters.reversed')}
            onChange={(event) => onFilter(changed(filter, { to: event.currentTarget.value }))}
          />
          {choices.authors.length > 0 && (
            <NativeSelect
              label={t('filters.authors')}
              value={filter.authors?.[0] ?? ''}
              data={[
                { value: '', label: t('filters.anyone') },
                ...choices.authors.map((author) => ({ value: author.id, label: author.name ?? author.id })),
              ]}
              onChange={(event) =>
                onFilter(
                  changed(filter, { authors: event.currentTarget.value ? [event.currentTarget.value] : [] }),
                )
              }
            />
          )}
          <Button variant="default" onClick={() => onFilter({})}>
            {t('list.clear')}
          </Button>
        </div>
      </Collapse>
    </search>
  )
}
