import type { RegisteredPatient } from '@curo/client/patients'
import type { Demographics } from '@curo/contract/patients'
import { formatCardNumber } from '@curo/crypto/card-number'
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconKey, IconPrinter } from '@tabler/icons-react'
import { Link, useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { CardFace } from '../cards/CardFace.tsx'
import { cardDetailsOf } from '../cards/card-details.ts'
import { PrintCard } from '../cards/PrintCard.tsx'
import { fullName } from '../patients/patient-form.ts'
import classes from './HandOver.module.css'

export type NewlyRegistered = RegisteredPatient & { demographics: Demographics }

type HandOverProps = { registered: NewlyRegistered; onNext: () => void }

/**
 * The one moment at which the desk has her card's secret and recovery code: they are printed, handed over, and gone with
 * this page.
 */
export function HandOver({ registered, onNext }: HandOverProps) {
  const { t } = useWords('staff')
  const { data: hospital } = useHospital()
  const [isPrinting, setPrinting] = useState(false)
  const [isHanded, setHanded] = useState(false)
  const { demographics, cardNumber, card, recoveryCode, attested } = registered
  const blocker = useBlocker({
    shouldBlockFn: () => !isHanded,
    enableBeforeUnload: () => !isHanded,
    withResolver: true,
  })
  const details = cardDetailsOf({
    demographics,
    cardNumber,
    hospital: { name: hospital?.name ?? '' },
    homeNode: hospital?.homeNode ?? '',
  })
  return (
    <Page title={t('handOver.title', { name: fullName(demographics) })} width="wide">
      <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
        {t('handOver.text', { number: formatCardNumber(cardNumber) })}
      </Alert>
      {!attested && <Alert color="yellow">{t('handOver.notAttested')}</Alert>}
      <div className={classes.columns}>
        <section className={classes.block} aria-labelledby="hand-over-card">
          <h2 id="hand-over-card">{t('handOver.card')}</h2>
          <CardFace details={details} side="front" />
          <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => setPrinting(true)}>
            {t('handOver.print')}
          </Button>
        </section>
        <section className={classes.block} aria-labelledby="hand-over-kit">
          <h2 id="hand-over-kit">
            <IconKey size={20} aria-hidden /> {t('handOver.kit')}
          </h2>
          <p>{t('handOver.kitText')}</p>
          <code className={classes.code} translate="no">
            {recoveryCode}
          </code>
        </section>
      </div>
      <Checkbox
        checked={isHanded}
        onChange={(event) => setHanded(event.currentTarget.checked)}
        label={t('handOver.handed')}
      />
      <Group gap="sm">
        <Button variant={isHanded ? 'filled' : 'default'} disabled={!isHanded} onClick={onNext}>
          {t('handOver.next')}
        </Button>
        {isHanded && (
          <Button component={Link} to={`/staff/patients/${registered.patient}`} variant="default">
            {t('handOver.papers')}
          </Button>
        )}
      </Group>
      <LeaveDialog blocker={blocker} name={fullName(demographics)} />
      <PrintCard
        opened={isPrinting}
        onClose={() => setPrinting(false)}
        details={details}
        fetchAddress={async () => card}
      />
    </Page>
  )
}

type LeaveDialogProps = { blocker: ReturnType<typeof useBlocker>; name: string }

/** Whoever leaves before the card is handed over is told that it is gone then. */
function LeaveDialog({ blocker, name }: LeaveDialogProps) {
  const { t } = useWords('staff')
  const isAsked = blocker?.status === 'blocked'
  return (
    <Modal
      opened={isAsked}
      onClose={() => blocker?.reset?.()}
      title={t('handOver.leaveTitle')}
      closeButtonProps={{ 'aria-label': t('handOver.stay') }}
    >
      <Stack>
        <Text>{t('handOver.leaveText', { name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker?.reset?.()} data-autofocus>
            {t('handOver.stay')}
          </Button>
          <Button color="red" onClick={() => blocker?.proceed?.()}>
            {t('handOver.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
