import { CuroError } from '@curo/crypto/errors'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconBulb, IconCircleX, IconIdBadge2, IconPrinter, IconScan } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { CardFace } from '../cards/CardFace.tsx'
import { type CardDetails, cardDetailsOf } from '../cards/card-details.ts'
import { PrintCard } from '../cards/PrintCard.tsx'
import { ownCard } from '../cards/queries.ts'
import { ScanCardDialog } from '../cards/ScanCardDialog.tsx'
import { ShowCard } from '../cards/ShowCard.tsx'
import type { OwnCard as Card } from '../cards/work-patient.ts'
import { work } from '../work/work.ts'
import { LostCardDialog } from './LostCardDialog.tsx'
import { NewCard } from './NewCard.tsx'
import classes from './OwnCard.module.css'
import { Section } from './Section.tsx'
import { TakeOver } from './TakeOver.tsx'

/** Her card: to show, to print, to have blocked, to replace. */
export function OwnCard() {
  const { t } = useWords('patient')
  return (
    <Page title={t('nav.card')} width="reading">
      <Text c="dimmed">{t('card.about')}</Text>
      <TakeOver />
      <Loaded query={useQuery(ownCard)} skeleton={[220, 44]}>
        {(card) =>
          card.number === null ? (
            <EmptyState icon={IconIdBadge2} title={t('card.noneTitle')} text={t('card.none')} />
          ) : card.status === 'blocked' ? (
            <BlockedCard />
          ) : (
            <CardInForce card={card} details={detailsOf(card, card.number)} />
          )
        }
      </Loaded>
    </Page>
  )
}

function detailsOf({ demographics, hospital, homeNode }: Card, cardNumber: string): CardDetails {
  return cardDetailsOf({ demographics, cardNumber, hospital, homeNode })
}

async function fetchAddress(): Promise<string> {
  const address = await work.cards.cardAddress()
  if (address === null) throw new CuroError('not-found', 'This app has not seen the card yet. Scan it first.')
  return address
}

function CardInForce({ card, details }: { card: Card; details: CardDetails }) {
  const { t } = useWords('patient')
  const [printing, setPrinting] = useState(false)
  const [isLost, setLost] = useState(false)
  return (
    <Stack gap="lg">
      {card.isInApp ? (
        <>
          <ShowCard details={details} fetchAddress={fetchAddress} />
          <Text size="sm" c="dimmed" className={classes.hint ?? ''}>
            <IconBulb size={18} aria-hidden />
            <span>{t('card.bright')}</span>
          </Text>
        </>
      ) : (
        <>
          <div className={classes.face}>
            <CardFace details={details} side="front" />
          </div>
          <TakeIntoApp />
        </>
      )}
      <Group>
        {card.isInApp && (
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
            onClick={() => setPrinting(true)}
          >
            {t('card.print')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconCircleX size={18} aria-hidden />}
          onClick={() => setLost(true)}
        >
          {t('card.lost')}
        </Button>
      </Group>
      <PrintCard
        opened={printing}
        onClose={() => setPrinting(false)}
        details={details}
        fetchAddress={fetchAddress}
      />
      <LostCardDialog number={details.cardNumber} opened={isLost} onClose={() => setLost(false)} />
    </Stack>
  )
}

/** The plastic is in her hand, the app has not seen it: a card issued at the desk. */
function TakeIntoApp() {
  const { t } = useWords('patient')
  const queries = useQueryClient()
  const [scanning, setScanning] = useState(false)
  const keep = useMutation({
    mutationFn: (scanned: string) => work.cards.keepCard({ scanned }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ownCard.queryKey }),
  })
  return (
    <Alert icon={<IconScan size={20} />} title={t('card.notInAppTitle')}>
      <Stack gap="sm" align="flex-start">
        <span>{t('card.notInApp')}</span>
        {keep.error && <Trouble error={keep.error} />}
        <Button loading={keep.isPending} onClick={() => setScanning(true)}>
          {t('card.scan')}
        </Button>
      </Stack>
      <ScanCardDialog
        opened={scanning}
        onClose={() => setScanning(false)}
        onCard={({ text }) => {
          setScanning(false)
          keep.mutate(text)
        }}
      />
    </Alert>
  )
}

function BlockedCard() {
  const { t } = useWords('patient')
  return (
    <Stack gap="lg">
      <Alert color="red" icon={<IconCircleX size={22} />} title={t('card.blockedTitle')}>
        {t('card.blocked')}
      </Alert>
      <Section title={t('card.nextTitle')}>
        <Text>{t('card.next')}</Text>
        <NewCard />
      </Section>
    </Stack>
  )
}
