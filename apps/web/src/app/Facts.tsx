import type { ReactNode } from 'react'
import classes from './Blocks.module.css'

/** What is called how; without a value it is left out. */
export type Fact = readonly [label: string, value: ReactNode]

/** A block of facts about one person. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.block}>
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
          </div>
        ))}
    </dl>
  )
}
