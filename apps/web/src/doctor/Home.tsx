import { Alert, Button } from '@mantine/core'
import { IconScan, IconStethoscope } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../accounts/session.ts'
import { EmptyState } from '../app/EmptyState.tsx'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import rows from '../app/RowList.module.css'
import { useWords } from '../app/words.ts'
import { ScanCardDialog } from '../cards/ScanCardDialog.tsx'
import { toConfirmQuery } from '../emergencies/queries.ts'
import { ToConfirm } from '../emergencies/ToConfirm.tsx'
import { Section } from '../patient/Section.tsx'
import { consentsQuery } from '../visits/queries.ts'
import { work } from '../work/work.ts'
import { DraftList } from './DraftList.tsx'
import classes from './Home.module.css'
import { PatientRow } from './PatientRow.tsx'
import { RequestNews } from './RequestNews.tsx'
import { ShortcutsButton, useShortcut } from './Shortcuts.tsx'

/** Scanning a card comes first; below, whoever may be opened now. */
export function Home() {
  const { t } = useWords('doctor')
  const { name } = useAccount()
  const navigate = useNavigate()
  const problem = useProblem()
  const [isScanning, setScanning] = useState(false)
  useShortcut('scan', () => setScanning(true))
  const beginning = useMutation({
    mutationFn: (given: { text: string } | { number: string }): Promise<{ patient: string }> =>
      'text' in given ? work.visits.begin(given) : work.visits.beginWithNumber(given),
    onSuccess: ({ patient }) => navigate({ to: '/doctor/patients/$patient', params: { patient } }),
  })
  return (
    <Page title={t('home.greeting', { name })} action={<ShortcutsButton />}>
      <div className={classes.scan}>
        <Button
          size="lg"
          leftSection={<IconScan size={22} aria-hidden />}
          loading={beginning.isPending}
          onClick={() => setScanning(true)}
        >
          {t('home.scan')}
        </Button>
        <span>{t('home.scanHint')}</span>
      </div>
      {beginning.isError && (
        <Alert color="red" role="alert">
          {problem(beginning.error)}
        </Alert>
      )}
      <EmergenciesFirst />
      <DraftList />
      <OpenVisits />
      <RequestNews />
      <ScanCardDialog
        opened={isScanning}
        onClose={() => setScanning(false)}
        onCard={({ text }) => {
          setScanning(false)
          beginning.mutate({ text })
        }}
        onNumber={(number) => {
          setScanning(false)
          beginning.mutate({ number })
        }}
      />
    </Page>
  )
}

/** Somebody cannot answer: before everything else, and not there at all when nobody waits. */
function EmergenciesFirst() {
  const { t } = useWords('emergencies')
  const { data } = useQuery(toConfirmQuery)
  if (!data?.emergencies.length) return null
  return (
    <Section title={t('toConfirm.title')}>
      <ToConfirm />
    </Section>
  )
}

function OpenVisits() {
  const { t } = useWords('doctor')
  const format = useFormat()
  const query = useQuery(consentsQuery)
  const active = query.data?.filter(({ state }) => state === 'active') ?? []
  if (query.data && active.length === 0)
    return <EmptyState icon={IconStethoscope} title={t('home.none')} text={t('home.noneHint')} />
  return (
    <Section title={t('home.open')}>
      <Loaded query={query} skeleton={[44]}>
        {() => (
          <ul className={rows.list}>
            {active.map(({ grant, patientName }) => (
              <PatientRow
                key={grant.id}
                to="/doctor/patients/$patient"
                patient={grant.patient}
                name={patientName}
              >
                <span>{t(`home.by.${grant.by}`)}</span>
                <span>{t('home.until', { until: format.dateTime(grant.notAfter) })}</span>
              </PatientRow>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
