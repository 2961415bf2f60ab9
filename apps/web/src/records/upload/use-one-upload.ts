import { useRef, useState } from 'react'

export type OneUploadState = 'new' | 'running' | 'stopped' | 'failed'

type Sending = { signal: AbortSignal; onSent: (sent: number, total: number) => void }

/** One upload of a dialog: it runs, can be stopped, goes on, or is given up. */
export function useOneUpload<Given, Done>(upload: {
  send: (given: Given, sending: Sending) => Promise<Done>
  onDone: (done: Done) => void
  /** Deletes what was sent of it. */
  drop: () => Promise<unknown>
}) {
  const [state, setState] = useState<OneUploadState>('new')
  const [sent, setSent] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)

  async function run(given: Given) {
    const controller = new AbortController()
    abort.current = controller
    setState('running')
    setError(null)
    try {
      const done = await upload.send(given, {
        signal: controller.signal,
        onSent: (sent, total) => setSent(total === 0 ? 0 : sent / total),
      })
      upload.onDone(done)
    } catch (failure) {
      setState(controller.signal.aborted ? 'stopped' : 'failed')
      if (!controller.signal.aborted) setError(failure)
    }
  }
  return {
    state,
    /** From 0 to 1. */
    sent,
    error,
    run: (given: Given) => void run(given),
    stop: () => abort.current?.abort(),
    giveUp: async () => {
      abort.current?.abort()
      if (state !== 'new') await upload.drop().catch(() => {})
    },
  }
}
