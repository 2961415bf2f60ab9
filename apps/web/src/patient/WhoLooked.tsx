import { Button, Select, Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { HistoryCheck } from '../openings/HistoryCheck.tsx'
import { LookDays } from '../openings/LookDays.tsx'
import { groupLooks, lookersIn, personKey } from '../openings/looks.ts'
import { whoLooked } from '../openings/queries.ts'
import type { LookSeen } from '../openings/work-patient.ts'
import { Section } from './Section.tsx'

/** Every opening with its proof, and whether any is missing. */
export function WhoLooked() {
  const { t } = useWords('patient')
  const { t: tOpenings } = useWords('openings')
  return (
    <Page title={t('nav.looked')} width="reading">
      <Text c="dimmed">{t('looked.about')}</Text>
      <Section title={t('looked.all')}>
        <Loaded query={useQuery(whoLooked)} skeleton={[120, 120]}>
          {(looks) => <Looks looks={looks} />}
        </Loaded>
      </Section>
      <Section title={tOpenings('check.title')}>
        <HistoryCheck />
      </Section>
    </Page>
  )
}

/** Days drawn at first: the rest comes with a tap. */
const DAYS = 14

function Looks({ looks }: { looks: readonly LookSeen[] }) {
  const { t } = useWords('openings')
  const { t: tPatient } = useWords('patient')
  const [person, setPerson] = useState<string | null>(null)
  const [shown, setShown] = useState(DAYS)
  if (looks.length === 0) return <EmptyState icon={IconEye} title={t('emptyTitle')} text={t('empty')} />
  const lookers = lookersIn(looks)
  const days = groupLooks(person === null ? looks : looks.filter((look) => personKey(look) === person))
  return (
    <>
      {lookers.length > 1 && (
        <Select
          label={t('person')}
          data={[
            { value: '', label: t('everyone') },
            ...lookers.map(({ key, by, count }) => ({
              value: key,
              label: `${by.map(({ name }) => name ?? t('unknown')).join(', ')} (${count})`,
            })),
          ]}
          value={person ?? ''}
          onChange={(chosen) => setPerson(chosen || null)}
          allowDeselect={false}
        />
      )}
      <LookDays days={days.slice(0, shown)} />
      {days.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + DAYS)}>
          {tPatient('more', { count: days.length - shown })}
        </Button>
      )}
    </>
  )
}
