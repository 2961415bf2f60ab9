import { Alert, Button, Loader, Textarea } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './EmergencyCall.module.css'
import { waitingQuery } from './queries.ts'

const LEAST_REASON = 3

/** The patient cannot answer and her card is in hand: a second doctor is asked, and waited for. */
export function EmergencyCall({ patient }: { patient: string }) {
  const { t } = useWords('emergencies')
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const waiting = useQuery(waitingQuery(patient))
  const hadWaiting = useRef(false)
  const isWaiting = waiting.data != null
  useEffect(() => {
    // It is no longer waiting: it was confirmed, and what it allows is among the consents, or nobody came.
    if (hadWaiting.current && !isWaiting) void queries.invalidateQueries({ queryKey: ['visits', 'consents'] })
    hadWaiting.current = isWaiting
  }, [isWaiting, queries])
  if (waiting.data) return <Waiting reason={waiting.data.request.reason} until={waiting.data.expiresAt} />
  return (
    <div className={classes.call}>
      {isAsking ? (
        <AskForm
          patient={patient}
          onAsked={() => {
            setAsking(false)
            void queries.invalidateQueries({ queryKey: ['emergencies'] })
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button
          color="red"
          variant="outline"
          leftSection={<IconUrgent size={18} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('ask.open')}
        </Button>
      )}
    </div>
  )
}

type AskFormProps = { patient: string; onAsked: () => void; onCancel: () => void }

function AskForm({ patient, onAsked, onCancel }: AskFormProps) {
  const { t } = useWords('emergencies')
  const [reason, setReason] = useState('')
  const [hasTried, setTried] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isMissing = reason.trim().length < LEAST_REASON
  const asking = useMutation({
    mutationFn: () => work.emergencies.ask({ patient, reason: reason.trim() }),
    onSuccess: onAsked,
  })
  useEffect(() => field.current?.focus(), [])
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isMissing) field.current?.focus()
    else asking.mutate()
  }
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <h2>{t('ask.title')}</h2>
      <span>{t('ask.text')}</span>
      <ul>
        <li>{t('ask.second')}</li>
        <li>{t('ask.summaryOnly')}</li>
        <li>{t('ask.told')}</li>
        <li>{t('ask.recorded')}</li>
      </ul>
      <Textarea
        ref={field}
        label={t('ask.reason')}
        description={t('ask.reasonHint')}
        autosize
        minRows={2}
        maxLength={400}
        dir="auto"
        value={reason}
        error={hasTried && isMissing && t('ask.reasonMissing')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {asking.error && <Trouble error={asking.error} />}
      <div className={classes.actions}>
        <Button type="submit" color="red" loading={asking.isPending}>
          {t('ask.submit')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('ask.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Waiting({ reason, until }: { reason: string; until: string }) {
  const { t } = useWords('emergencies')
  const format = useFormat()
  return (
    <Alert color="red" role="status" icon={<Loader size={18} color="red" />}>
      <strong>{t('waiting.title')}</strong>
      <br />
      {t('waiting.text', { until: format.time(until) })}
      <br />
      <bdi>{t('waiting.reason', { reason })}</bdi>
    </Alert>
  )
}
