import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './ChainSteps.module.css'
import { brokenSteps, STEPS, type Step } from './history-steps.ts'
import type { HistoryChecked } from './work-patient.ts'

/** What holds the history together, link by link, in plain words. */
export function ChainSteps({ checked }: { checked: HistoryChecked }) {
  const { t } = useWords('openings')
  const broken = brokenSteps(checked)
  const words = useStepWords(checked, broken)
  return (
    <ol className={classes.steps}>
      {STEPS.map((step) => {
        const isAlone = step === 'witnessed' && checked.ledger?.cosignedBy.length === 0
        const state = broken[step] > 0 ? 'bad' : isAlone ? 'note' : 'good'
        const Icon = { bad: IconAlertTriangle, note: IconInfoCircle, good: IconCheck }[state]
        return (
          <li key={step} className={classes.step} data-state={state}>
            <span className={classes.mark}>
              <Icon size={18} aria-label={t(state === 'bad' ? 'check.bad' : 'check.good')} role="img" />
            </span>
            <div>
              <Text fw={600}>{t(`check.steps.${step}.title`)}</Text>
              {words[step].map((sentence) => (
                <Text key={sentence} size="sm">
                  {sentence}
                </Text>
              ))}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function useStepWords(checked: HistoryChecked, broken: Record<Step, number>): Record<Step, string[]> {
  const { t } = useWords('openings')
  const format = useFormat()
  const { entries, ledger, unopened, pending, recordsWithheld, recordsNotAnchored, wholeLog } = checked
  const { size = 0, origin = '', cosignedBy = [] } = ledger ?? {}
  const names = format.list(cosignedBy.map(({ name }) => name))
  return {
    found: [
      broken.found > 0
        ? t('check.steps.found.bad', { count: broken.found })
        : t('check.steps.found.good', { count: entries.length }),
      ...(wholeLog && broken.found === 0 && ledger ? [t('check.steps.found.whole', { size })] : []),
    ],
    unaltered: [
      broken.unaltered > 0
        ? t('check.steps.unaltered.bad', { count: broken.unaltered })
        : t('check.steps.unaltered.good'),
      ...(unopened > 0 ? [t('check.steps.unaltered.unopened', { count: unopened })] : []),
    ],
    included: [
      broken.included > 0 || !ledger
        ? t('check.steps.included.bad')
        : t('check.steps.included.good', { size, origin }),
      ...(pending > 0 ? [t('check.steps.included.pending', { count: pending })] : []),
    ],
    witnessed: [
      broken.witnessed > 0
        ? t('check.steps.witnessed.bad')
        : cosignedBy.length === 0
          ? t('check.steps.witnessed.alone')
          : t('check.steps.witnessed.good', { names }),
    ],
    shown: [
      ...(broken.shown === 0 ? [t('check.steps.shown.good')] : []),
      ...(recordsWithheld.length > 0
        ? [t('check.steps.shown.withheld', { count: recordsWithheld.length })]
        : []),
      ...(recordsNotAnchored.length > 0
        ? [t('check.steps.shown.notAnchored', { count: recordsNotAnchored.length })]
        : []),
    ],
  }
}
