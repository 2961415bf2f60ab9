import type { ConsultationWarning } from '@curo/fhir/consultation'
import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react'
import { use } from 'react'
import { useWords } from '../app/words.ts'
import { WarningsContext } from './use-warnings.ts'
import classes from './WarningList.module.css'

/** A warning as a sentence. */
export function useWarningWords(): (warning: ConsultationWarning) => string {
  const { t } = useWords('consultations')
  const say = t as unknown as (key: string, values: Readonly<Record<string, string | number>>) => string
  return ({ key, values }) => {
    if (key === 'too-young') return say(`warnings.too-young-${values.unit}`, values)
    if (key === 'vital-unusual')
      return say('warnings.vital-unusual', { ...values, field: say(`vitals.${values.field}`, {}) })
    return say(`warnings.${key}`, values)
  }
}

/** What speaks against what is written at this place of the form. */
export function WarningList({ path }: { path: string }) {
  const { all } = use(WarningsContext)
  const here = all.filter((one) => one.path === path || one.path.startsWith(`${path}.`))
  if (here.length === 0) return null
  return (
    <ul className={classes.list}>
      {here.map((warning) => (
        <li key={`${warning.path} ${warning.key}`}>
          <Warning warning={warning} />
        </li>
      ))}
    </ul>
  )
}

export function Warning({ warning }: { warning: ConsultationWarning }) {
  const { t } = useWords('consultations')
  const words = useWarningWords()
  const Icon = warning.level === 'danger' ? IconAlertOctagon : IconAlertTriangle
  return (
    <div className={classes.warning} data-level={warning.level}>
      <Icon size={18} aria-hidden />
      <span>
        <strong>{t(`warnings.${warning.level}`)}:</strong> {words(warning)}
      </span>
    </div>
  )
}
