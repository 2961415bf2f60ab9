import type { TimelineSource } from '@curo/fhir/timeline'
import { useRef, useState } from 'react'
import { work } from '../work/work.ts'
import { fileNameOf, type ResultFields } from './result-fields.ts'

export type ResultUploadState = 'new' | 'running' | 'stopped' | 'failed'

/** One upload of a result: it runs, can be stopped, and goes on where it was. */
export function useResultUpload(
  patient: string,
  onDone: (sources: TimelineSource[], record: string) => void,
) {
  const [id] = useState(() => crypto.randomUUID())
  const [state, setState] = useState<ResultUploadState>('new')
  const [sent, setSent] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)

  async function run({ file, title, occurred, category }: ResultFields & { file: File }) {
    const controller = new AbortController()
    abort.current = controller
    setState('running')
    setError(null)
    try {
      const { sources, record } = await work.consultations.uploadResult(
        { id, patient, file, fileName: fileNameOf(title, file), occurred, category },
        {
          signal: controller.signal,
          onProgress: ({ sent: done, total }) => setSent(total === 0 ? 0 : done / total),
        },
      )
      onDone(sources, record)
    } catch (failure) {
      setState(controller.signal.aborted ? 'stopped' : 'failed')
      if (!controller.signal.aborted) setError(failure)
    }
  }
  return {
    state,
    sent,
    error,
    run: (fields: ResultFields & { file: File }) => void run(fields),
    stop: () => abort.current?.abort(),
    /** What was sent of it is deleted at the hospital. */
    giveUp: async () => {
      abort.current?.abort()
      if (state !== 'new') await work.consultations.giveUpResult({ id }).catch(() => {})
    },
  }
}
