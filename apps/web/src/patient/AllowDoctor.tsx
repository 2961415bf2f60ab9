import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { RichText, strong } from '../app/RichText.tsx'
import { useWords } from '../app/words.ts'
import { allowedByMe } from '../consent/queries.ts'
import { sayDoctor, sayScope, sayUntil, type Terms } from '../consent/sentence.ts'
import { TermsForm } from '../consent/TermsForm.tsx'
import type { TermsValues } from '../consent/terms.ts'
import type { DoctorFound } from '../consent/work-patient.ts'
import { work } from '../work/work.ts'
import classes from './AllowDoctor.module.css'

/** What most first visits need; everything else she ticks herself. */
const FIRST_VISIT: TermsValues = {
  categories: ['summary', 'consultation', 'prescription', 'laboratory', 'vitals'],
  records: [],
  days: 'all',
  from: '',
  to: '',
  until: '720',
  untilDay: '',
  use: 'standing',
}

/** She allows a doctor who has not asked. */
export function AllowDoctor() {
  const { t } = useWords('consent')
  const [doctor, setDoctor] = useState<DoctorFound | null>(null)
  return (
    <Page title={t('giving.title')} width="reading">
      {doctor ? (
        <AllowForm doctor={doctor} onChange={() => setDoctor(null)} />
      ) : (
        <FindDoctor onChoose={setDoctor} />
      )}
    </Page>
  )
}

function FindDoctor({ onChoose }: { onChoose: (doctor: DoctorFound) => void }) {
  const { t } = useWords('consent')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const query = useQuery({
    queryKey: ['consent', 'doctors', search],
    queryFn: ({ signal }) => work.consent.findDoctors({ search }, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack>
      <TextInput
        type="search"
        label={t('giving.search')}
        leftSection={<IconSearch size={18} />}
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        size="md"
      />
      <Loaded query={query}>
        {(doctors) =>
          doctors.length === 0 ? (
            <Text role="status">{t('giving.none')}</Text>
          ) : (
            <ul className={classes.doctors}>
              {doctors.map((doctor) => (
                <li key={doctor.account} className={classes.doctor}>
                  <div>
                    <Text fw={600}>
                      <bdi>{doctor.name}</bdi>
                    </Text>
                    <Text size="sm" c="dimmed">
                      {[...new Set([doctor.speciality, doctor.department])].filter(Boolean).join(' · ')}
                    </Text>
                  </div>
                  <Button
                    variant="default"
                    onClick={() => onChoose(doctor)}
                    aria-label={`${t('giving.choose')}: ${doctor.name}`}
                  >
                    {t('giving.choose')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Stack>
  )
}

function AllowForm({ doctor, onChange }: { doctor: DoctorFound; onChange: () => void }) {
  const { t } = useWords('consent')
  const { t: tPatient } = useWords('patient')
  const format = useFormat()
  const queries = useQueryClient()
  const allow = useMutation({
    mutationFn: (terms: Omit<Terms, 'purpose'>) =>
      work.consent.allowDoctor({ account: doctor.account, purpose: { code: 'CAREMGT' }, ...terms }),
    onSettled: () => queries.invalidateQueries({ queryKey: allowedByMe.queryKey }),
  })
  if (allow.data) {
    const { scope, notAfter } = allow.data.grant
    return (
      <Stack>
        <Alert icon={<IconCircleCheck size={22} />} title={t('granted.title')} role="status">
          <RichText>
            {t('granted.text', {
              doctor: strong(sayDoctor(doctor)),
              what: strong(sayScope(scope, { t, format })),
              until: strong(sayUntil(notAfter, { format })),
            })}
          </RichText>
        </Alert>
        <Anchor component={Link} to="/patient/sharing">
          {tPatient('sharing.back')}
        </Anchor>
      </Stack>
    )
  }
  return (
    <Stack gap="lg">
      <div className={classes.doctor}>
        <Text size="lg" fw={600}>
          {sayDoctor(doctor)}
        </Text>
        <Button variant="default" onClick={onChange}>
          {t('giving.change')}
        </Button>
      </div>
      {allow.error && <Trouble error={allow.error} />}
      <TermsForm
        initial={FIRST_VISIT}
        busy={allow.isPending}
        confirm={() => t('giving.confirm', { doctor: doctor.name })}
        onConfirm={(terms) => allow.mutate(terms)}
      />
    </Stack>
  )
}
