import type { ChartRecord } from '@curo/fhir/chart/record'
import { isLocked, signedConsultationOf } from '@curo/fhir/consultation'
import type { TimelineSource } from '@curo/fhir/timeline'
import type { Composition } from '@curo/fhir/types'
import { Button } from '@mantine/core'
import { IconPencilPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useAccount } from '../accounts/session.ts'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './Addenda.module.css'

type NoteAddendaProps = {
  source: TimelineSource
  records: readonly ChartRecord[]
  onAdd: (first: Composition) => void
}

/** What was added to a signed note, and, for whoever wrote it, the way to add. Nothing else is a signed note's. */
export function NoteAddenda({ source, records, onAdd }: NoteAddendaProps) {
  const { t } = useWords('consultations')
  const format = useFormat()
  const account = useAccount()
  const { record, resource } = source
  const note = useMemo(
    () => (resource ? signedConsultationOf({ id: record, resource }, records) : undefined),
    [record, resource, records],
  )
  if (!note || !isLocked(note.composition)) return null
  const isOwn = source.author?.id === account.id && !note.composition.relatesTo?.length
  return (
    <div className={classes.addenda}>
      {note.addenda.map(({ record: id, text, author, signed }) => (
        <section key={id} className={classes.one}>
          <h3>{t('addendum.heading', { at: signed ? format.dateTime(signed) : '', by: author ?? '' })}</h3>
          <p dir="auto">{text}</p>
        </section>
      ))}
      {isOwn && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPencilPlus size={18} aria-hidden />}
            onClick={() => onAdd(note.composition)}
          >
            {t('addendum.action')}
          </Button>
        </div>
      )}
    </div>
  )
}
