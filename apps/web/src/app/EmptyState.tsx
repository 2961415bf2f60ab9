import type { ComponentType, ReactNode } from 'react'
import classes from './EmptyState.module.css'

type EmptyStateProps = {
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>
  title: string
  text: string
  children?: ReactNode
}

/** In place of a list without rows: what will stand here, and what to do for it. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden>
        <Icon size={40} stroke={1.2} />
      </span>
      <strong>{title}</strong>
      <p>{text}</p>
      {children}
    </div>
  )
}
