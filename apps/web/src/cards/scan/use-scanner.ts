import { type RefObject, useEffect, useRef, useState } from 'react'
import { openPictureReader, type PictureReader } from './picture-reader.ts'
import { initialState, makeScanner, type ScannedCard, type Scanner, type ScannerState } from './scanner.ts'

export type UseScanner = {
  videoRef: RefObject<HTMLVideoElement | null>
  state: ScannerState
  /** Reads a photograph instead of the camera. */
  reader: () => PictureReader | undefined
  retry: () => void
  chooseCamera: (id: string) => void
  setTorch: (isOn: boolean) => void
}

/** A scanner for as long as the component is there; `onCard` may change. */
export function useScanner(onCard: (card: ScannedCard) => void): UseScanner {
  const videoRef = useRef<HTMLVideoElement>(null)
  const scanner = useRef<Scanner>(undefined)
  const reader = useRef<PictureReader>(undefined)
  const latest = useRef(onCard)
  const [state, setState] = useState(initialState)
  useEffect(() => {
    latest.current = onCard
  }, [onCard])
  useEffect(() => {
    const video = videoRef.current
    if (video === null) return
    const opened = openPictureReader()
    const made = makeScanner({
      video,
      reader: opened,
      onState: setState,
      onCard: (card) => latest.current(card),
    })
    reader.current = opened
    scanner.current = made
    made.start()
    return () => {
      made.close()
      opened.close()
    }
  }, [])
  return {
    videoRef,
    state,
    reader: () => reader.current,
    retry: () => scanner.current?.start(),
    chooseCamera: (id) => scanner.current?.start(id),
    setTorch: (isOn) => void scanner.current?.setTorch(isOn),
  }
}
