import type { ConsentView } from '@curo/contract/consent'
import { isCuroError } from '@curo/crypto/errors'
import type { Composition } from '@curo/fhir/types'
import { Alert, Button, Progress } from '@mantine/core'
import { IconAlertTriangle, IconFileUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { AddendumDialog } from '../consultations/AddendumDialog.tsx'
import { NoteAddenda } from '../consultations/NoteAddenda.tsx'
import { UploadDialog } from '../consultations/UploadDialog.tsx'
import { type ChartView, ChartViews } from '../records/ChartViews.tsx'
import { describedFile } from '../records/use-chart.ts'
import { work } from '../work/work.ts'
import { addToChart, useOpenedChart } from './opened-chart.ts'
import { useShortcut } from './Shortcuts.tsx'
import classes from './Visit.module.css'

/** Everything that she allowed, opened: on one screen, as a timeline, as trends. */
export function Chart({ patient, consent }: { patient: string; consent: ConsentView }) {
  const { t } = useWords('doctor')
  const { t: tWriting } = useWords('consultations')
  const problem = useProblem()
  const queries = useQueryClient()
  const { record: asked } = useSearch({ from: '/doctor/patients/$patient' })
  const [view, setView] = useState<ChartView>('summary')
  const [selected, setSelected] = useState<string | null>(asked ?? null)
  const show = (next: ChartView) => {
    setView(next)
    setSelected(null)
  }
  useShortcut('summary', () => show('summary'))
  useShortcut('timeline', () => show('timeline'))
  useShortcut('trends', () => show('trends'))
  const [isUploading, setUploading] = useState(false)
  useShortcut('upload', () => setUploading(true))
  const [addingTo, setAddingTo] = useState<Composition | null>(null)
  const { chart, error, progress } = useOpenedChart(patient, consent)
  if (error)
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
        {isCuroError(error, 'not-found') ? t('chart.closed') : problem(error)}
      </Alert>
    )
  if (!chart)
    return (
      <div className={classes.chart} aria-busy="true">
        <Progress
          value={progress.total === 0 ? 5 : (100 * progress.done) / progress.total}
          aria-label={t('chart.opening')}
        />
        <output>{progress.total > 0 ? t('chart.progress', progress) : t('chart.opening')}</output>
      </div>
    )
  return (
    <>
      <div>
        <Button
          variant="default"
          leftSection={<IconFileUpload size={18} aria-hidden />}
          onClick={() => setUploading(true)}
        >
          {tWriting('upload.action')}
        </Button>
      </div>
      <ChartViews
        chart={chart}
        view={view}
        onView={show}
        selected={selected}
        onSelect={setSelected}
        loadFile={async (record, options) => ({
          blob: await work.visits.readFile({ patient, record }, options),
          ...describedFile(chart.sources, record),
        })}
        below={(source) => <NoteAddenda source={source} records={chart.records} onAdd={setAddingTo} />}
      />
      {isUploading && (
        <UploadDialog
          patient={patient}
          onClose={() => setUploading(false)}
          onDone={(sources, record) => {
            setUploading(false)
            addToChart(queries, patient, sources)
            setSelected(record)
          }}
        />
      )}
      {addingTo && (
        <AddendumDialog
          patient={patient}
          first={addingTo}
          onClose={() => setAddingTo(null)}
          onSigned={(written) => {
            setAddingTo(null)
            addToChart(queries, patient, written)
          }}
        />
      )}
    </>
  )
}
