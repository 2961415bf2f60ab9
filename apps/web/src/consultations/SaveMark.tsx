import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock, IconPencil } from '@tabler/icons-react'
import { useFormat } from '../app/format.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import type { SaveState } from './autosave.ts'
import classes from './SaveMark.module.css'

const ICONS = {
  new: IconPencil,
  changed: IconPencil,
  saved: IconLock,
  kept: IconCloudOff,
  conflict: IconAlertTriangle,
  failed: IconAlertTriangle,
} as const

/** Where what is written stands: sealed with the hospital, on this device only, or not at all. */
export function SaveMark({ state }: { state: SaveState }) {
  const { t } = useWords('consultations')
  const format = useFormat()
  const problem = useProblem()
  const Icon = state.at === 'saving' ? null : ICONS[state.at]
  // A reader is told when something went wrong, not of every save.
  const isLoud = state.at === 'kept' || state.at === 'conflict' || state.at === 'failed'
  return (
    <span className={classes.mark} data-at={state.at} role={isLoud ? 'alert' : undefined}>
      {Icon ? <Icon size={18} aria-hidden /> : <Loader size={16} />}
      <span data-save-state={state.at}>
        {state.at === 'saved' ? t('save.saved', { time: format.time(state.savedAt) }) : t(`save.${state.at}`)}
        {state.at === 'failed' && `: ${problem(state.error)}`}
      </span>
    </span>
  )
}
