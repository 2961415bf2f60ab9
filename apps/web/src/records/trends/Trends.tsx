import type { Panel, Trend } from '@curo/fhir/trends'
import { Button, Skeleton, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import { TrendChart } from './TrendChart.tsx'
import classes from './Trends.module.css'
import { TrendTile } from './TrendTile.tsx'
import { trendName } from './trend-words.ts'

export type TrendsProps = {
  /** From `trendsOf`; undefined while the records are opened. */
  trends: readonly Trend[] | undefined
  /** Key of the trend shown large; the component keeps it itself where this is absent. */
  selected?: string | null | undefined
  onSelect?: ((key: string | null) => void) | undefined
  onOpen?: ((record: string) => void) | undefined
}

const HEADED: readonly Panel[] = [
  'vitals',
  'sugar',
  'lipids',
  'kidney',
  'salts',
  'liver',
  'blood',
  'thyroid',
  'vitamins',
  'heart',
  'inflammation',
  'other',
]

/** Every measurement as a small chart, by panel; one of them large with its values. */
export function Trends({ trends, selected, onSelect, onOpen }: TrendsProps) {
  const words = useRecordWords()
  const { t } = words
  const [own, setOwn] = useState<string | null>(null)
  const key = selected === undefined ? own : selected
  const select = onSelect ?? setOwn
  const heading = useRef<HTMLHeadingElement>(null)
  const panels = useMemo(() => {
    const groups = new Map<Panel, Trend[]>()
    for (const trend of trends ?? []) groups.set(trend.panel, [...(groups.get(trend.panel) ?? []), trend])
    return HEADED.flatMap((panel) => (groups.has(panel) ? [{ panel, trends: groups.get(panel) ?? [] }] : []))
  }, [trends])
  const large = key === null ? undefined : trends?.find((trend) => trend.key === key)
  useEffect(() => {
    if (large) heading.current?.focus()
  }, [large])
  if (!trends) return <TrendsLoading />
  if (trends.length === 0)
    return (
      <div className={classes.empty}>
        <Text fw={600}>{t('trends.empty')}</Text>
        <Text c="dimmed">{t('trends.emptyText')}</Text>
      </div>
    )
  if (large)
    return (
      <section className={classes.large}>
        <div className={classes.largeHead}>
          <Button
            variant="subtle"
            size="sm"
            leftSection={<IconArrowLeft size={18} aria-hidden />}
            onClick={() => select(null)}
          >
            {t('trends.back')}
          </Button>
          <h2 ref={heading} tabIndex={-1} className={classes.largeTitle}>
            {trendName(large, words)}
          </h2>
        </div>
        <TrendChart key={large.key} trend={large} onOpen={onOpen} />
      </section>
    )
  return (
    <div className={classes.panels}>
      {panels.map(({ panel, trends: members }) => (
        <section key={panel} aria-label={t(`panels.${panel}`)}>
          <h2 className={classes.panelTitle}>{t(`panels.${panel}`)}</h2>
          <div className={classes.tiles}>
            {members.map((trend) => (
              <TrendTile key={trend.key} trend={trend} onOpen={select} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function TrendsLoading() {
  const { t } = useRecordWords()
  return (
    <div className={classes.tiles} role="status" aria-label={t('list.loading')}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} height={132} radius="lg" />
      ))}
    </div>
  )
}
