import { Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import classes from './Guarantees.module.css'
import { GUARANTEES, LIMITS, ONLOOKERS } from './topics.ts'

/** The threat model in the words of a patient. What it says, `docs/threat-model.md` proves. */
export function Guarantees() {
  const { t } = useWords('help')
  return (
    <Page title={t('guarantees')} width="reading">
      <Text size="lg">{t('promise.intro')}</Text>
      <Part title={t('promise.guarantees.title')}>
        <ul className={classes.claims} data-kind="can">
          {GUARANTEES.map((name) => (
            <li key={name}>
              <IconCheck size={20} stroke={2.2} aria-hidden />
              <div>
                <h3>{t(`promise.guarantees.${name}.title`)}</h3>
                <p>{t(`promise.guarantees.${name}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('promise.cannot.title')}>
        <ul className={classes.claims} data-kind="cannot">
          {LIMITS.map((name) => (
            <li key={name}>
              <IconX size={20} stroke={2.2} aria-hidden />
              <div>
                <h3>{t(`promise.cannot.${name}.title`)}</h3>
                <p>{t(`promise.cannot.${name}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('promise.emergency.title')}>
        <p className={classes.text}>{t('promise.emergency.text')}</p>
      </Part>
      <Part title={t('promise.sees.title')}>
        <ul className={classes.onlookers}>
          {ONLOOKERS.map((name) => (
            <li key={name}>
              <h3>{t(`promise.sees.${name}.title`)}</h3>
              <dl>
                <div>
                  <dt>{t('promise.sees.sees')}</dt>
                  <dd>{t(`promise.sees.${name}.sees`)}</dd>
                </div>
                <div>
                  <dt>{t('promise.sees.never')}</dt>
                  <dd>{t(`promise.sees.${name}.never`)}</dd>
                </div>
              </dl>
            </li>
          ))}
        </ul>
      </Part>
      <Text c="dimmed">{t('promise.details')}</Text>
    </Page>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.part}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
