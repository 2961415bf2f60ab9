import { useEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import { QR_SIDE } from './card-layout.ts'
import { makeCardQr, QUIET_MODULES } from './card-qr.ts'

/** Pixels a module: sharp on every screen, however large the card is shown. */
const MODULE = 8

type QrCanvasProps = {
  address: string
  /** What it is; the card's code unless said otherwise. */
  label?: string
  className?: string | undefined
}

/** The code as pixels only: an image's address or a path's attribute would put the card's secret into the page. */
export function QrCanvas({ address, label, className }: QrCanvasProps) {
  const { t } = useWords('cards')
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const qr = makeCardQr(address, QR_SIDE)
    const side = (qr.size + 2 * QUIET_MODULES) * MODULE
    element.width = side
    element.height = side
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, side, side)
    context.fillStyle = '#000000'
    for (let row = 0; row < qr.size; row++)
      for (let column = 0; column < qr.size; column++)
        if (qr.isDark(row, column))
          context.fillRect((column + QUIET_MODULES) * MODULE, (row + QUIET_MODULES) * MODULE, MODULE, MODULE)
    return () => context.clearRect(0, 0, side, side)
  }, [address])
  return <canvas ref={canvas} className={className} role="img" aria-label={label ?? t('face.qr')} />
}
