import { Progress } from '@mantine/core'
import { useFormat } from '../../app/format.ts'

type OneUploadBarProps = {
  /** From 0 to 1. */
  sent: number
  label: string
  /** What is said below the bar. */
  words: (percent: string) => string
}

/** How far the upload of a dialog is. */
export function OneUploadBar({ sent, label, words }: OneUploadBarProps) {
  const format = useFormat()
  return (
    <>
      <Progress value={100 * sent} aria-label={label} />
      <output>{words(format.number(sent, { style: 'percent', maximumFractionDigits: 0 }))}</output>
    </>
  )
}
