import { IconFlask } from '@tabler/icons-react'
import classes from './DemoBanner.module.css'
import { useHospital } from './hospital.ts'
import { useWords } from './words.ts'

export function DemoBanner() {
  const { t } = useWords('app')
  const { data: hospital } = useHospital()
  if (!hospital?.demo) return null
  return (
    <aside className={classes.banner}>
      <IconFlask size={18} aria-hidden className={classes.icon} />
      <span>{t('demo')}</span>
    </aside>
  )
}
