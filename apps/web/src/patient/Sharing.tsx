import { Button, Text } from '@mantine/core'
import { IconInbox, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../app/EmptyState.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { AllowedCard } from '../consent/AllowedCard.tsx'
import { AnsweredRequests } from '../consent/AnsweredRequests.tsx'
import { allowedByMe, requestsToMe } from '../consent/queries.ts'
import { RequestCard } from '../consent/RequestCard.tsx'
import { CardList } from './CardList.tsx'
import { Section } from './Section.tsx'

/** Who asks, who may, and who might once. */
export function Sharing() {
  const { t } = useWords('patient')
  return (
    <Page title={t('nav.sharing')} width="reading">
      <Text c="dimmed">{t('sharing.about')}</Text>
      <Requests />
      <AllowedList />
    </Page>
  )
}

function Requests() {
  const { t } = useWords('patient')
  return (
    <Section title={t('sharing.requests')}>
      <Loaded query={useQuery(requestsToMe)} skeleton={[140]}>
        {(requests) => {
          const waiting = requests.filter(({ state }) => state === 'pending')
          return (
            <>
              {waiting.length === 0 ? (
                <EmptyState
                  icon={IconInbox}
                  title={t('sharing.noRequestsTitle')}
                  text={t('sharing.noRequests')}
                />
              ) : (
                <CardList items={waiting} keyOf={({ request }) => request.id}>
                  {(asked) => <RequestCard asked={asked} />}
                </CardList>
              )}
              <AnsweredRequests requests={requests.filter(({ state }) => state !== 'pending')} />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function AllowedList() {
  const { t } = useWords('consent')
  const query = useQuery(allowedByMe)
  const allow = (
    <Button
      component={Link}
      to="/patient/sharing/allow"
      variant="default"
      leftSection={<IconUserPlus size={18} />}
    >
      {t('allowed.allow')}
    </Button>
  )
  return (
    <>
      <Section title={t('allowed.title')} action={allow}>
        <Loaded query={query} skeleton={[110, 110]}>
          {(allowed) => {
            const active = allowed.filter(({ state }) => state === 'active')
            return active.length === 0 ? (
              <EmptyState icon={IconUsers} title={t('allowed.emptyTitle')} text={t('allowed.empty')} />
            ) : (
              <CardList items={active} keyOf={({ grant }) => grant.id}>
                {(one) => <AllowedCard allowed={one} />}
              </CardList>
            )
          }}
        </Loaded>
      </Section>
      {query.data && (
        <Section title={t('allowed.past')}>
          {query.data.some(({ state }) => state !== 'active') ? (
            <CardList
              items={query.data.filter(({ state }) => state !== 'active')}
              keyOf={({ grant }) => grant.id}
            >
              {(one) => <AllowedCard allowed={one} />}
            </CardList>
          ) : (
            <Text c="dimmed">{t('allowed.pastEmpty')}</Text>
          )}
        </Section>
      )}
    </>
  )
}
