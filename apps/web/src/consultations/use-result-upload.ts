import type { TimelineSource } from '@curo/fhir/timeline'
import { useState } from 'react'
import { useOneUpload } from '../records/upload/use-one-upload.ts'
import { work } from '../work/work.ts'
import { fileNameOf, type ResultFields } from './result-fields.ts'

/** One upload of a result, which goes on where it was. */
export function useResultUpload(
  patient: string,
  onDone: (sources: TimelineSource[], record: string) => void,
) {
  const [id] = useState(() => crypto.randomUUID())
  return useOneUpload({
    send: ({ file, title, occurred, category }: ResultFields & { file: File }, { signal, onSent }) =>
      work.consultations.uploadResult(
        { id, patient, file, fileName: fileNameOf(title, file), occurred, category },
        { signal, onProgress: ({ sent, total }) => onSent(sent, total) },
      ),
    onDone: ({ sources, record }) => onDone(sources, record),
    drop: () => work.consultations.giveUpResult({ id }),
  })
}
