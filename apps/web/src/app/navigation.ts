import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'

type NavigationIcon = ComponentType<{ size?: number | string; stroke?: number | string }>

/** A place of an area, as its navigation shows it. The first four are on a phone's bottom bar, the rest under “More”. */
export type NavigationEntry = {
  to: NonNullable<LinkProps['to']>
  /** Only this very page counts as being there: for an area's home. */
  exact?: boolean
  icon: NavigationIcon
  /** The label in force. */
  label: string
  /** How many things wait there. */
  count?: number | undefined
}

/** A place that is kept for what is not built yet: seen where there is room, and leading nowhere. */
export type LaterEntry = { later: true; icon: NavigationIcon; label: string }

export type Density = 'comfortable' | 'compact'
