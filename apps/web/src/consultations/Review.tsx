import { type Consultation, consultationRecords } from '@curo/fhir/consultation'
import type { TimelineSource } from '@curo/fhir/timeline'
import { Alert, Button, Checkbox } from '@mantine/core'
import { IconInfoCircle, IconLock, IconSignature } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useAccount } from '../accounts/session.ts'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useArrival } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { type DraftInHand, putDown } from './draft-in-hand.ts'
import { localInstant } from './instants.ts'
import { draftsQuery } from './queries.ts'
import classes from './Review.module.css'
import { ReviewNote } from './ReviewNote.tsx'
import { SealedList } from './SealedList.tsx'
import { signDraft } from './sign-draft.ts'
import { isLookedAt, type Warnings } from './use-warnings.ts'
import { Warning } from './WarningList.tsx'

type ReviewProps = {
  draft: DraftInHand
  warnings: Warnings
  /** Whether the card is in hand, or she allowed it in her app. */
  maySign: boolean
  onWrite: () => void
  onSigned: (sources: TimelineSource[]) => void
}

/** The last look before signing: what is written, what speaks against it, what is sealed and for whom. */
export function Review({ draft, warnings, maySign, onWrite, onSigned }: ReviewProps) {
  const { t } = useWords('consultations')
  const format = useFormat()
  const queries = useQueryClient()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [progress, setProgress] = useState({ done: 0, total: 0 })
  const { form, signing } = draft
  const records = usePreview(form)
  const heading = useArrival<HTMLHeadingElement>()
  const dangers = warnings.all.filter(({ level }) => level === 'danger')
  const cautions = warnings.all.filter(({ level }) => level === 'caution')
  const keyOf = ({ path, key }: (typeof dangers)[number]) => `${path} ${key}`
  const isAcknowledged = dangers.every((warning) => seen.has(keyOf(warning)))
  const sign = useMutation({
    mutationFn: () => signDraft(draft, { title: t('noteTitle'), onProgress: setProgress }),
    onSuccess: ({ sources }) => {
      putDown(draft)
      void queries.invalidateQueries({ queryKey: draftsQuery.queryKey })
      onSigned(sources)
    },
  })
  return (
    <div className={classes.review}>
      <h2 ref={heading} tabIndex={-1} className={classes.heading}>
        {t('review.title')}
      </h2>
      {signing && !sign.isPending && (
        <Alert color="yellow" role="status" icon={<IconInfoCircle size={20} aria-hidden />}>
          {t('review.begun', { at: format.dateTime(signing) })}
        </Alert>
      )}
      <ReviewNote form={form} records={records} />
      <section aria-labelledby="to-think-about">
        <h2 id="to-think-about" className={classes.heading}>
          {t('warnings.title')}
        </h2>
        <ul className={classes.dangers}>
          {dangers.map((warning) => (
            <li key={keyOf(warning)} className={classes.danger}>
              <Warning warning={warning} />
              <Checkbox
                label={t('warnings.seen')}
                checked={seen.has(keyOf(warning))}
                onChange={(event) => setSeen(withKey(seen, keyOf(warning), event.currentTarget.checked))}
              />
            </li>
          ))}
          {cautions.map((warning) => (
            <li key={keyOf(warning)}>
              <Warning warning={warning} />
            </li>
          ))}
          {!warnings.hasChart && <li>{t('warnings.noChart')}</li>}
          {warnings.drugs === 'failed' && <li>{t('warnings.noDrugs')}</li>}
          {warnings.all.length === 0 && warnings.hasChart && <li>{t('warnings.none')}</li>}
        </ul>
      </section>
      <SealedList records={records} />
      <Alert color="curo" icon={<IconLock size={20} aria-hidden />}>
        {t('review.locked')}
      </Alert>
      {!maySign && (
        <Alert color="yellow" role="status" icon={<IconInfoCircle size={20} aria-hidden />}>
          {t('review.noRight')}
        </Alert>
      )}
      {sign.error && <Trouble error={sign.error} />}
      <div className={classes.actions}>
        <Button
          leftSection={<IconSignature size={18} aria-hidden />}
          disabled={!isAcknowledged || !maySign || !isLookedAt(form, warnings)}
          loading={sign.isPending}
          onClick={() => sign.mutate()}
        >
          {t('review.sign')}
        </Button>
        <Button variant="default" disabled={signing !== undefined || sign.isPending} onClick={onWrite}>
          {t('review.write')}
        </Button>
        {!isAcknowledged && <span>{t('review.acknowledge')}</span>}
        {sign.isPending && progress.total > 0 && <output>{t('review.signing', progress)}</output>}
      </div>
    </div>
  )
}

function withKey(keys: ReadonlySet<string>, key: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(keys)
  if (isIn) next.add(key)
  else next.delete(key)
  return next
}

/** The records as they would be signed now, to show what they are. */
function usePreview(form: Consultation) {
  const { name } = useAccount()
  return useMemo(
    () => consultationRecords(form, { patient: 'Patient/x', doctor: { name }, signed: localInstant() }),
    [form, name],
  )
}
