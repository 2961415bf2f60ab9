import { Text, Title } from '@mantine/core'
import { IconChevronRight, IconShieldCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useAccount } from '../accounts/session.ts'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import classes from './Help.module.css'
import { topicsOf } from './topics.ts'

/** How one does one's work here: a page for each role. */
export function Help() {
  const { t } = useWords('help')
  const { role } = useAccount()
  const { data: hospital } = useHospital()
  const topics = topicsOf(role)
  return (
    <Page title={t('title')} width="reading">
      <Text size="lg">{t(`${role}.intro`)}</Text>
      <nav aria-label={t('onThisPage')}>
        <ul className={classes.contents}>
          {topics.map(({ topic, title }) => (
            <li key={topic}>
              <a href={`#${topic}`}>{t(title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {topics.map(({ topic, title, steps, note }) => (
        <section key={topic} aria-labelledby={topic} className={classes.topic}>
          <Title order={2} size="h3" id={topic} tabIndex={-1}>
            {t(title)}
          </Title>
          <ol className={classes.steps}>
            {t(steps)
              .split('\n')
              .map((step) => (
                <li key={step}>{step}</li>
              ))}
          </ol>
          <p className={classes.note}>{t(note)}</p>
        </section>
      ))}
      <Link to="/help/guarantees" className={classes.onwards ?? ''}>
        <IconShieldCheck size={28} stroke={1.5} aria-hidden />
        <span>
          <strong>{t('guarantees')}</strong>
          <span>{t('guaranteesHint')}</span>
        </span>
        <IconChevronRight size={20} aria-hidden />
      </Link>
      <Text c="dimmed">{t('more', { hospital: hospital?.name ?? 'Curo' })}</Text>
    </Page>
  )
}
