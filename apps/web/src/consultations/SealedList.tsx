import type { ConsultationRecord } from '@curo/fhir/consultation'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { useRecordWords } from '../records/record-words.ts'
import classes from './Review.module.css'

/** What is sealed, and who will be able to open it. */
export function SealedList({ records }: { records: readonly ConsultationRecord[] }) {
  const { t } = useWords('consultations')
  const { t: tRecords } = useRecordWords()
  const format = useFormat()
  const categories = [...new Set(records.map(({ category }) => category))]
  return (
    <section aria-labelledby="what-is-sealed">
      <h2 id="what-is-sealed" className={classes.heading}>
        {t('review.what')}
      </h2>
      <p className={classes.text}>{t('review.whatText', { count: records.length })}</p>
      <h3 className={classes.heading}>{t('review.forWhom')}</h3>
      <ul className={classes.whom}>
        <li>{t('review.patient')}</li>
        <li>{t('review.you')}</li>
        <li>
          {t('review.allowed', {
            categories: format.list(categories.map((category) => tRecords(`categories.${category}`))),
          })}
        </li>
        <li>{t('review.nobody')}</li>
      </ul>
    </section>
  )
}
