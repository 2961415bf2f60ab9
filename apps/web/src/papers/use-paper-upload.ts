import type { Paper } from '@curo/contract/papers'
import { randomId } from '@curo/crypto/random'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOneUpload } from '../records/upload/use-one-upload.ts'
import { work } from '../work/work.ts'
import { papersOf } from './queries.ts'

/** One paper on its way to the hospital's computer; sent again it begins anew, and is kept once. */
export function usePaperUpload(patient: string, onDone: () => void) {
  const [id] = useState(randomId)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: papersOf(patient).queryKey })
  return useOneUpload({
    async send(given: { kind: Paper['kind']; file: Blob }, { signal, onSent }) {
      await work.papers.add(
        { id, patient, ...given },
        { signal, onProgress: ({ sentBytes, totalBytes }) => onSent(sentBytes, totalBytes) },
      )
      await refresh()
    },
    onDone,
    async drop() {
      await work.papers.giveUp({ id })
      await refresh()
    },
  })
}
