import {
  type Consultation,
  type ConsultationRecord,
  prescriptionTitle,
  VITAL_FIELD_NAMES,
  VITAL_FIELDS,
} from '@curo/fhir/consultation'
import { dosageOf } from '@curo/fhir/summary'
import type { MedicationRequest } from '@curo/fhir/types'
import { type ReactNode, useId } from 'react'
import { useWords } from '../app/words.ts'
import { unitWords, useRecordWords } from '../records/record-words.ts'
import classes from './Review.module.css'

type ReviewNoteProps = { form: Consultation; records: readonly ConsultationRecord[] }

/** The consultation as it will be read, nothing left out. */
export function ReviewNote({ form, records }: ReviewNoteProps) {
  const { t } = useWords('consultations')
  const { line, format } = useRecordWords()
  const vitals = VITAL_FIELD_NAMES.filter((field) => form.vitals[field] !== undefined)
  const { followUp } = form
  return (
    <div className={classes.note}>
      <Text title={t('parts.complaint')} text={form.complaint} />
      <Text title={t('parts.history')} text={form.history} />
      {vitals.length > 0 && (
        <Block title={t('parts.vitals')}>
          <dl className={classes.vitals}>
            {vitals.map((field) => (
              <div key={field}>
                <dt>{t(`vitals.${field}`)}</dt>
                <dd>
                  {form.vitals[field]} {unitWords(VITAL_FIELDS[field].unit)}
                </dd>
              </div>
            ))}
          </dl>
        </Block>
      )}
      <Text title={t('parts.findings')} text={form.findings} />
      {form.diagnoses.length > 0 && (
        <Block title={t('parts.diagnoses')}>
          <ol>
            {form.diagnoses.map(({ id, text, code, certainty, note }) => (
              <li key={id}>
                <bdi>{text}</bdi>{' '}
                <span className={classes.how}>
                  {[code?.code, t(`diagnosis.certainties.${certainty}`), note].filter(Boolean).join(' · ')}
                </span>
              </li>
            ))}
          </ol>
        </Block>
      )}
      {form.prescriptions.length > 0 && (
        <Block title={t('parts.prescriptions')}>
          <ol>
            {form.prescriptions.map((entry) => {
              const dosage = dosageOf(requestOf(records, entry.id)?.dosageInstruction?.[0])
              return (
                <li key={entry.id}>
                  <bdi>{prescriptionTitle(entry)}</bdi>
                  <br />
                  <span className={classes.how}>{dosage && line(dosage.phrases)}</span>
                </li>
              )
            })}
          </ol>
        </Block>
      )}
      {form.orders.length > 0 && (
        <Block title={t('parts.orders')}>
          <ul>
            {form.orders.map(({ id, text, kind, isUrgent, note }) => (
              <li key={id}>
                <bdi>{text}</bdi>{' '}
                <span className={classes.how}>
                  {[t(`order.kinds.${kind}`), isUrgent && t('order.urgent'), note]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Block>
      )}
      <Text title={t('parts.plan')} text={form.plan} />
      <Text
        title={t('parts.followUp')}
        text={[followUp.on && format.date(followUp.on, 'long'), followUp.note].filter(Boolean).join(' · ')}
      />
    </div>
  )
}

function requestOf(records: readonly ConsultationRecord[], id: string): MedicationRequest | undefined {
  return records.find(({ resource }) => resource.id === id)?.resource as MedicationRequest | undefined
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Text({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null
  return (
    <Block title={title}>
      <p className={classes.text} dir="auto">
        {text.trim()}
      </p>
    </Block>
  )
}
