import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconShieldLock } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { RichText, strong } from '../app/RichText.tsx'
import { useWords } from '../app/words.ts'
import { allowedByMe, requestsToMe } from '../consent/queries.ts'
import { RefuseDialog } from '../consent/RefuseDialog.tsx'
import { Genuineness } from '../consent/RequestCard.tsx'
import { sayDoctor, sayScope, sayTerms, sayUntil, type Terms } from '../consent/sentence.ts'
import { TermsForm } from '../consent/TermsForm.tsx'
import { valuesOf } from '../consent/terms.ts'
import type { RequestToMe } from '../consent/work-patient.ts'
import { work } from '../work/work.ts'

/** One request: the sentence, what can be taken away from it, yes or no. */
export function AnswerRequest() {
  const { t } = useWords('patient')
  const { request: id } = useParams({ strict: false }) as { request: string }
  const query = useQuery(requestsToMe)
  return (
    <Page title={t('sharing.answer')} width="reading">
      <Loaded query={query} skeleton={[120, 260, 200]}>
        {(requests) => {
          const asked = requests.find(({ request }) => request.id === id)
          return asked ? <Answer key={id} asked={asked} /> : <NotThere />
        }}
      </Loaded>
    </Page>
  )
}

function NotThere() {
  const { t } = useWords('patient')
  return (
    <>
      <Text>{t('sharing.gone')}</Text>
      <BackToSharing />
    </>
  )
}

function BackToSharing() {
  const { t } = useWords('patient')
  return (
    <Anchor component={Link} to="/patient/sharing">
      {t('sharing.back')}
    </Anchor>
  )
}

function Answer({ asked }: { asked: RequestToMe }) {
  const { t } = useWords('consent')
  const format = useFormat()
  const queries = useQueryClient()
  const [refusing, setRefusing] = useState(false)
  const [refused, setRefused] = useState(false)
  const { request, from, state, fault } = asked
  const doctor = sayDoctor(from)
  const refresh = () =>
    Promise.all([requestsToMe, allowedByMe].map(({ queryKey }) => queries.invalidateQueries({ queryKey })))
  const allow = useMutation({
    mutationFn: (terms: Omit<Terms, 'purpose'>) =>
      work.consent.allowRequest({ request: request.id, purpose: request.purpose, ...terms }),
    onSettled: refresh,
  })
  if (allow.data) {
    const { grant } = allow.data
    return (
      <Done title={t('granted.title')}>
        {t('granted.text', {
          doctor: strong(doctor),
          what: strong(sayScope(grant.scope, { t, format })),
          until: strong(sayUntil(grant.notAfter, { format })),
        })}
      </Done>
    )
  }
  if (refused) return <Done title={t('states.refused')}>{t('refusal.done', { doctor: strong(doctor) })}</Done>
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Text size="lg">
          <RichText>{sayTerms('asks', doctor, request, { t, format })}</RichText>
        </Text>
        <Genuineness asked={asked} />
      </Stack>
      {state !== 'pending' ? (
        <>
          <Text>{t(`states.${state}`)}</Text>
          <BackToSharing />
        </>
      ) : (
        fault === null && (
          <>
            <Alert icon={<IconShieldLock size={20} />}>
              {t('promise', { doctor: from.name, until: sayUntil(request.notAfter, { format }) })}{' '}
              {t('promiseBack')}
            </Alert>
            {allow.error && <Trouble error={allow.error} />}
            <TermsForm
              initial={valuesOf(request)}
              asked={request}
              busy={allow.isPending}
              confirm={(narrower) => t(narrower ? 'form.approveNarrowed' : 'form.approve')}
              onConfirm={(terms) => allow.mutate(terms)}
            >
              <Button size="md" variant="default" onClick={() => setRefusing(true)}>
                {t('form.refuse')}
              </Button>
            </TermsForm>
          </>
        )
      )}
      <RefuseDialog
        asked={asked}
        opened={refusing}
        onClose={() => setRefusing(false)}
        onRefused={() => {
          setRefusing(false)
          setRefused(true)
          void refresh()
        }}
      />
    </Stack>
  )
}

function Done({ title, children }: { title: string; children: string }) {
  return (
    <Stack>
      <Alert icon={<IconCircleCheck size={22} />} title={title} role="status">
        <Text>
          <RichText>{children}</RichText>
        </Text>
      </Alert>
      <BackToSharing />
    </Stack>
  )
}
