import { Text } from '@mantine/core'
import { IconChecklist, IconFilePlus, IconShieldCheck, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useAccount } from '../accounts/session.ts'
import { EmptyState } from '../app/EmptyState.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { CardFace } from '../cards/CardFace.tsx'
import { cardDetailsOf } from '../cards/card-details.ts'
import { ownCard } from '../cards/queries.ts'
import { requestsToMe } from '../consent/queries.ts'
import { RequestCard } from '../consent/RequestCard.tsx'
import { LastLooks } from '../openings/LastLooks.tsx'
import { whoLooked } from '../openings/queries.ts'
import { NewestRecords } from '../records/NewestRecords.tsx'
import { ownChart } from '../records/own-chart.ts'
import { CardList } from './CardList.tsx'
import classes from './Home.module.css'
import { Section } from './Section.tsx'

/** What needs her first, then who looked, then where else to go. */
export function Home() {
  const { t } = useWords('patient')
  const { name } = useAccount()
  return (
    <Page title={t('home.greeting', { name })}>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Waiting />
          <Newest />
          <Section title={t('home.lastLooks')} more={{ to: '/patient/looked', label: t('home.allLooks') }}>
            <Loaded query={useQuery(whoLooked)} skeleton={[56, 56]}>
              {(looks) =>
                looks.length === 0 ? <Text c="dimmed">{t('home.noLooks')}</Text> : <LastLooks looks={looks} />
              }
            </Loaded>
          </Section>
        </div>
        <div className={classes.aside}>
          <HomeCard />
          <Section title={t('home.quick')}>
            <nav className={classes.ways} aria-label={t('home.quick')}>
              <Way to="/patient/records/add" icon={IconFilePlus} label={t('home.addRecord')} />
              <Way to="/patient/sharing/allow" icon={IconUserPlus} label={t('home.shareRecords')} />
              <Way to="/patient/looked" icon={IconShieldCheck} label={t('home.checkHistory')} />
            </nav>
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Newest() {
  const { t } = useWords('patient')
  return (
    <Section title={t('home.newest')} more={{ to: '/patient/records', label: t('home.seeRecords') }}>
      <Loaded query={useQuery(ownChart)} skeleton={[56, 56, 56]}>
        {({ sources, listed }) =>
          sources.length > 0 ? (
            <NewestRecords sources={sources} />
          ) : (
            listed && <Text c="dimmed">{t('home.noRecords')}</Text>
          )
        }
      </Loaded>
    </Section>
  )
}

/** The card is the door: shown without its secret, it leads to where it can be shown with it. */
function HomeCard() {
  const { t } = useWords('patient')
  const { data: card } = useQuery(ownCard)
  if (!card?.number) return null
  const { number, demographics, hospital, homeNode } = card
  return (
    <Section title={t('home.card')} more={{ to: '/patient/card', label: t('home.showCard') }}>
      <Link to="/patient/card" className={classes.card} tabIndex={-1}>
        <CardFace
          details={cardDetailsOf({ demographics, cardNumber: number, hospital, homeNode })}
          side="front"
        />
      </Link>
    </Section>
  )
}

function Waiting() {
  const { t } = useWords('patient')
  return (
    <Section title={t('home.waiting')}>
      <Loaded query={useQuery(requestsToMe)} skeleton={[140]}>
        {(requests) => {
          const waiting = requests.filter(({ state }) => state === 'pending')
          return waiting.length === 0 ? (
            <EmptyState icon={IconChecklist} title={t('home.nothingTitle')} text={t('home.nothing')} />
          ) : (
            <CardList items={waiting} keyOf={({ request }) => request.id}>
              {(asked) => <RequestCard asked={asked} />}
            </CardList>
          )
        }}
      </Loaded>
    </Section>
  )
}

type WayProps = {
  to: NonNullable<LinkProps['to']>
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  label: string
}

function Way({ to, icon: Icon, label }: WayProps) {
  return (
    <Link to={to} className={classes.way}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <span>{label}</span>
    </Link>
  )
}
