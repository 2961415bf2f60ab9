import type { PatientSummary } from '@curo/contract/patients'
import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAccount } from '../accounts/session.ts'
import { nameOfCountry, nameOfLanguage } from '../app/display-names.ts'
import { useFormat } from '../app/format.ts'
import { useHospital } from '../app/hospital.ts'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { PaperList } from '../papers/PaperList.tsx'
import { me } from '../patients/queries.ts'
import classes from './Profile.module.css'
import { Section } from './Section.tsx'

/** Her data as the hospital has it, and how it is corrected. */
export function Profile() {
  const { t } = useWords('patient')
  const { data: hospital } = useHospital()
  return (
    <Page title={t('nav.profile')} width="reading">
      <Text c="dimmed">{t('profile.about', { hospital: hospital?.name ?? 'Curo' })}</Text>
      <Loaded query={useQuery(me)} skeleton={[200, 200]}>
        {(patient) => (
          <>
            <AtTheDesk patient={patient} />
            <Section title={t('profile.papers')}>
              <PaperList patient={patient.id} empty={t('profile.noPapers')} />
              <Text size="sm" c="dimmed">
                {t('profile.aboutPapers')}
              </Text>
            </Section>
          </>
        )}
      </Loaded>
      <Section title={t('profile.account')}>
        <dl className={classes.facts}>
          <Fact label={t('profile.signInWith')}>{useAccount().contact}</Fact>
        </dl>
        <ul className={classes.links}>
          <li>
            <Anchor component={Link} to="/settings">
              {t('profile.settings')}
            </Anchor>
          </li>
        </ul>
      </Section>
    </Page>
  )
}

function AtTheDesk({ patient: { demographics, createdAt } }: { patient: PatientSummary }) {
  const { t, locale } = useWords('patient')
  const format = useFormat()
  const { name, birthDate, sex, phone, email, address, language, identifiers } = demographics
  const { lines = [], city, district, state, postalCode, country } = address ?? {}
  const languageName = language && nameOfLanguage(language, locale)
  return (
    <Section title={t('profile.hospital')}>
      <dl className={classes.facts}>
        <Fact label={t('profile.name')}>{[name.given, name.family].filter(Boolean).join(' ')}</Fact>
        <Fact label={t('profile.birthDate')}>{format.date(birthDate, 'long')}</Fact>
        <Fact label={t('profile.sex')}>{t(`profile.sexes.${sex}`)}</Fact>
        <Fact label={t('profile.phone')}>{phone}</Fact>
        <Fact label={t('profile.email')}>{email}</Fact>
        <Fact label={t('profile.address')}>
          {[
            ...lines,
            city,
            district,
            [state, postalCode].filter(Boolean).join(' '),
            country && nameOfCountry(country, locale),
          ]
            .filter(Boolean)
            .join('\n')}
        </Fact>
        <Fact label={t('profile.language')}>{languageName}</Fact>
        {identifiers.map(({ system, value }) => (
          <Fact key={`${system} ${value}`} label={system}>
            {value}
          </Fact>
        ))}
        <Fact label={t('profile.since')}>{format.date(createdAt, 'long')}</Fact>
      </dl>
      <Text size="sm" c="dimmed">
        {t('profile.correct')}
      </Text>
    </Section>
  )
}

function Fact({ label, children }: { label: string; children: string | undefined }) {
  const { t } = useWords('patient')
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children ? <bdi>{children}</bdi> : <span className={classes.none}>{t('profile.none')}</span>}</dd>
    </div>
  )
}
