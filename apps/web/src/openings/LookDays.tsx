import { Text, Title } from '@mantine/core'
import { IconAmbulance, IconUserQuestion, IconUserShield } from '@tabler/icons-react'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './LookDays.module.css'
import { LookLine } from './LookLine.tsx'
import { countLooks, type LookDay, type PersonsDay } from './looks.ts'

/** Every look, by day and person. */
export function LookDays({ days }: { days: readonly LookDay[] }) {
  const format = useFormat()
  return days.map(({ day, people }) => (
    <section key={day} className={classes.day}>
      <Title order={3} size="h5" className={classes.date ?? ''}>
        <time dateTime={day}>{format.date(day, 'long')}</time>
      </Title>
      {people.map((person) => (
        <Person key={person.key} person={person} />
      ))}
    </section>
  ))
}

function Person({ person: { by, looks } }: { person: PersonsDay }) {
  const { t } = useWords('openings')
  const isProven = by.every(({ standing }) => standing !== 'unknown')
  const count = countLooks(looks)
  const isEmergency = looks.some(({ emergency }) => emergency !== null)
  const Icon = isEmergency ? IconAmbulance : isProven ? IconUserShield : IconUserQuestion
  return (
    <article className={classes.person} data-emergency={isEmergency || undefined}>
      <header className={classes.who}>
        <Icon size={26} stroke={1.5} aria-hidden />
        <div>
          <Text fw={600}>{useNames(by)}</Text>
          <Text size="sm" c={isProven ? 'dimmed' : 'var(--mantine-color-error)'}>
            {t(isProven ? 'registered' : 'notRegistered')}
            {count > 0 && ` · ${t('looks', { count })}`}
          </Text>
        </div>
      </header>
      <ul className={classes.lines}>
        {looks.map((look) => (
          <li key={look.id}>
            <LookLine look={look} />
          </li>
        ))}
      </ul>
    </article>
  )
}

/** The names of those who looked; who is not proven has none. */
export function useNames(by: PersonsDay['by']): string {
  const { t } = useWords('openings')
  const format = useFormat()
  return format.list(by.map(({ name }) => name ?? t('unknown')))
}
