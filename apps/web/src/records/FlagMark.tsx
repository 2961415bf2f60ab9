import type { ResultFlag } from '@curo/fhir/trends'
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconExclamationMark } from '@tabler/icons-react'
import classes from './FlagMark.module.css'
import { useRecordWords } from './record-words.ts'

const ICONS = {
  high: IconArrowUp,
  low: IconArrowDown,
  critical: IconAlertTriangle,
  abnormal: IconExclamationMark,
} as const

/** That a result is out of range: sign, word and colour, never colour alone. */
export function FlagMark({ flag }: { flag: ResultFlag }) {
  const { t } = useRecordWords()
  const Icon = ICONS[flag]
  return (
    <span className={classes.flag} data-flag={flag}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {t(`flags.${flag}`)}
    </span>
  )
}
