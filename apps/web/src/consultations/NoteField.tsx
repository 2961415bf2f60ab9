import { Textarea } from '@mantine/core'
import { memo } from 'react'
import { useWords } from '../app/words.ts'
import { useFaults } from './field-problems.ts'

export type NoteName = 'complaint' | 'history' | 'findings' | 'plan'
type NoteFieldProps = { name: NoteName; value: string; onText: (name: NoteName, value: string) => void }

/** One of the free texts of a consultation. */
export const NoteField = memo(function NoteField({ name, value, onText }: NoteFieldProps) {
  const { t } = useWords('consultations')
  const fault = useFaults()
  return (
    <Textarea
      label={t(`parts.${name}`)}
      description={name === 'complaint' ? t('parts.complaintHint') : undefined}
      autosize
      minRows={2}
      maxRows={16}
      value={value}
      onChange={(event) => onText(name, event.currentTarget.value)}
      error={fault(name)}
      data-path={name}
      dir="auto"
    />
  )
})
