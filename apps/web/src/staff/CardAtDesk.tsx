import type { PatientSummary } from '@curo/contract/patients'
import { formatCardNumber } from '@curo/crypto/card-number'
import { Badge, Button } from '@mantine/core'
import { IconCreditCardOff } from '@tabler/icons-react'
import { useState } from 'react'
import blocks from '../app/Blocks.module.css'
import { useWords } from '../app/words.ts'
import { CardState } from '../patients/PatientFinder.tsx'
import { fullName } from '../patients/patient-form.ts'
import { BlockCard } from './BlockCard.tsx'
import classes from './PatientAtDesk.module.css'

/** The state of a card, what the desk can do about it, and what only the patient can. */
export function CardAtDesk({ patient }: { patient: PatientSummary }) {
  const { t } = useWords('staff')
  const { t: tPatients } = useWords('patients')
  const [isBlocking, setBlocking] = useState(false)
  const { card, activated } = patient
  const isInUse = card?.status === 'active'
  return (
    <section className={`${blocks.block} ${classes.block}`} aria-labelledby="desk-card">
      <h2 id="desk-card">{t('card.title')}</h2>
      {card && <p className={classes.number}>{formatCardNumber(card.number)}</p>}
      <p className={classes.states}>
        <CardState card={card} />
        <Badge variant="light" color={activated ? 'curo' : 'gray'}>
          {tPatients(activated ? 'app.active' : 'app.none')}
        </Badge>
      </p>
      {isInUse ? (
        <div>
          <p>{t('card.lostText')}</p>
          <Button
            color="red"
            variant="light"
            leftSection={<IconCreditCardOff size={18} aria-hidden />}
            onClick={() => setBlocking(true)}
          >
            {t('card.block')}
          </Button>
          <BlockCard
            opened={isBlocking}
            onClose={() => setBlocking(false)}
            patient={patient.id}
            card={card.number}
            name={fullName(patient.demographics)}
          />
          <h3 className={classes.after}>{t('card.againTitle')}</h3>
          <p>{t('card.again')}</p>
        </div>
      ) : (
        <div>
          <h3>{t('card.newTitle')}</h3>
          <ul className={classes.ways}>
            <li>{t('card.newByApp')}</li>
            <li>{t('card.newByKit')}</li>
            <li>{t('card.newWithNothing')}</li>
          </ul>
          <h3 className={classes.after}>{t('card.oldTitle')}</h3>
          <p>{t('card.old')}</p>
        </div>
      )}
    </section>
  )
}
