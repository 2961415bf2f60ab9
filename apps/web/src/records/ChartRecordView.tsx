import type { TimelineSource } from '@curo/fhir/timeline'
import { Alert, Button, CloseButton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './ChartViews.module.css'
import { RecordViewer, type RecordViewerProps } from './RecordViewer.tsx'
import { useRecordWords } from './record-words.ts'
import type { Chart } from './use-chart.ts'

type ChartRecordViewProps = Pick<RecordViewerProps, 'loadFile' | 'onTrend' | 'isBare'> & {
  chart: Chart | undefined
  record: string
  onClose: () => void
  /** Shown in the list's place, not beside it. */
  isInPlace: boolean
  missing?: ReactNode
  /** What stands below the record. */
  below?: ((source: TimelineSource) => ReactNode) | undefined
}

/**
 * One record of a chart, with a way back to the others. Opening it takes the focus along: behind the line that opened it
 * lies a list without an end.
 */
export function ChartRecordView({
  chart,
  record,
  onClose,
  isInPlace,
  missing,
  below,
  ...viewer
}: ChartRecordViewProps) {
  const { t } = useRecordWords()
  const region = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record is another arrival
  useEffect(() => region.current?.focus({ preventScroll: true }), [record])
  const source = chart?.sources.find((one) => one.record === record)
  return (
    <div ref={region} tabIndex={-1} className={classes.record} data-beside={!isInPlace}>
      {isInPlace ? (
        <div>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconArrowLeft size={18} aria-hidden />}
            onClick={onClose}
          >
            {t('chart.back')}
          </Button>
        </div>
      ) : (
        <CloseButton className={classes.close ?? ''} aria-label={t('chart.close')} onClick={onClose} />
      )}
      {source ? (
        <>
          <RecordViewer key={record} source={source} resolve={chart?.resolve} {...viewer} />
          {below?.(source)}
        </>
      ) : (
        (missing ?? (
          <Alert color="gray" title={t('chart.missingTitle')}>
            {t('chart.missing')}
          </Alert>
        ))
      )}
    </div>
  )
}
