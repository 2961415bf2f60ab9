import { Anchor, Title } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import classes from './Section.module.css'

type SectionProps = {
  title: string
  /** Where all of it is. */
  more?: { to: NonNullable<LinkProps['to']>; label: string }
  /** Beside the heading. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a page under its heading. */
export function Section({ title, more, action, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.head}>
        <Title order={2} size="h3" id={id}>
          {title}
        </Title>
        {more && (
          <Anchor component={Link} to={more.to} className={classes.more ?? ''}>
            {more.label}
          </Anchor>
        )}
        {action}
      </div>
      {children}
    </section>
  )
}
