import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

/** A sentence that stands out, for pages without the component library; with it, use Mantine's Alert. */
export function Notice({ kind, children }: { kind: 'information' | 'problem'; children: ReactNode }) {
  const Icon = kind === 'problem' ? IconAlertTriangle : IconInfoCircle
  return (
    <div className={classes.notice} data-kind={kind} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div>{children}</div>
    </div>
  )
}
