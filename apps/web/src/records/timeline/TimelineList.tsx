import type { TimelineEntry, TimelineRow } from '@curo/fhir/timeline'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import { BundleLine } from './BundleLine.tsx'
import classes from './Timeline.module.css'
import { TimelineLine } from './TimelineLine.tsx'

type Props = {
  rows: readonly TimelineRow[]
  onOpen: (entry: TimelineEntry) => void
  onToggle: (bundle: string) => void
  selected: string | null | undefined
  stickyTop: number
}

const HEIGHTS = { year: 52, day: 36, bundle: 76, entry: 68 } as const

/** Only what is on the screen is drawn: a thousand records scroll like ten. The page itself scrolls. */
export function TimelineList({ rows, onOpen, onToggle, selected, stickyTop }: Props) {
  const { t } = useRecordWords()
  const list = useRef<HTMLDivElement>(null)
  const margin = useOffsetTop(list)
  const years = useMemo(() => rows.flatMap((row, index) => (row.row === 'year' ? [index] : [])), [rows])
  const current = useRef(0)
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => HEIGHTS[rows[index]?.row ?? 'entry'],
    overscan: 8,
    scrollMargin: margin,
    getItemKey: (index) => keyOf(rows[index], index),
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        // The year one is in stays drawn, and stuck to the top.
        current.current = years.findLast((index) => index <= range.startIndex) ?? 0
        return [...new Set([current.current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b)
      },
      [years],
    ),
  })
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const from = (event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index')
    if (by === 0 || from === null || from === undefined || event.altKey || event.ctrlKey || event.metaKey)
      return
    let index = Number(from) + by
    while (rows[index] && rows[index]?.row !== 'entry' && rows[index]?.row !== 'bundle') index += by
    if (!rows[index]) return
    event.preventDefault()
    virtualizer.scrollToIndex(index, { align: 'auto' })
    const box = event.currentTarget
    requestAnimationFrame(() =>
      box.querySelector<HTMLElement>(`[data-index="${index}"] button`)?.focus({ preventScroll: true }),
    )
  }
  return (
    <div ref={list}>
      <ul
        className={classes.rows}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        aria-label={t('list.label')}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const isStuck = item.index === current.current
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              data-row={row.row}
              className={classes.row}
              style={
                isStuck
                  ? { position: 'sticky', top: stickyTop, zIndex: 2 }
                  : { transform: `translateY(${item.start - margin}px)` }
              }
            >
              <Row
                row={row}
                onOpen={onOpen}
                onToggle={onToggle}
                isSelected={row.row === 'entry' && row.entry.record === selected}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function keyOf(row: TimelineRow | undefined, index: number): string {
  if (!row) return String(index)
  if (row.row === 'year') return `year ${row.year}`
  if (row.row === 'bundle') return row.key
  return row.row === 'day' ? `day ${row.date}` : row.entry.record
}

function Row({
  row,
  onOpen,
  onToggle,
  isSelected,
}: { row: TimelineRow; isSelected: boolean } & Pick<Props, 'onOpen' | 'onToggle'>) {
  const { t, format } = useRecordWords()
  if (row.row === 'year')
    return (
      <div className={classes.year}>
        <h2>{row.year || t('list.undated')}</h2>
        <span>{t('list.count', { count: row.count })}</span>
      </div>
    )
  if (row.row === 'day')
    return row.date === '' ? null : <h3 className={classes.day}>{format.date(row.date, 'long')}</h3>
  if (row.row === 'bundle') return <BundleLine bundle={row} onToggle={onToggle} />
  return (
    <TimelineLine
      entry={row.entry}
      isLast={row.isLast}
      isInner={row.isInner}
      isSelected={isSelected}
      onOpen={onOpen}
    />
  )
}

/** Where the list begins on the page, kept right when something above it changes its height. */
function useOffsetTop(ref: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      const { current } = ref
      if (current) setTop(Math.round(current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [ref])
  return top
}
