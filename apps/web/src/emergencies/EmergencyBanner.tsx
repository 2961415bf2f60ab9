import { IconUrgent } from '@tabler/icons-react'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './EmergencyBanner.module.css'

/** Loud on purpose: what is on the screen was opened without asking her. */
export function EmergencyBanner({ until }: { until: string }) {
  const { t } = useWords('emergencies')
  const format = useFormat()
  return (
    <div className={classes.banner} role="status">
      <IconUrgent size={28} aria-hidden />
      <span>
        <strong>{t('banner.title')}</strong>
        {t('banner.text', { until: format.time(until) })}
      </span>
    </div>
  )
}
