import { CERTAINTIES, type DiagnosisEntry, newDiagnosis } from '@curo/fhir/consultation'
import { type Icd10Code, icd10Coding, loadIcd10 } from '@curo/fhir/icd10'
import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo, type Ref } from 'react'
import { useWords } from '../app/words.ts'
import classes from './Entries.module.css'
import { useFaults } from './field-problems.ts'
import { Part } from './Part.tsx'
import pickerClasses from './TermPicker.module.css'
import { TermPicker } from './TermPicker.tsx'

export type EntriesProps<T> = {
  entries: readonly T[]
  onEntries: (change: (entries: readonly T[]) => readonly T[]) => void
  pickerRef?: Ref<HTMLInputElement>
}

/** What it is, coded in ICD-10 where the list has it; the wording stays the doctor's. */
export const Diagnoses = memo(function Diagnoses({
  entries,
  onEntries,
  pickerRef,
}: EntriesProps<DiagnosisEntry>) {
  const { t } = useWords('consultations')
  const fault = useFaults()
  const add = (given: Partial<DiagnosisEntry>) =>
    onEntries((all) =>
      given.code && all.some(({ code }) => code?.code === given.code?.code)
        ? all
        : [...all, newDiagnosis(crypto.randomUUID(), given)],
    )
  const change = (id: string, given: Partial<DiagnosisEntry>) =>
    onEntries((all) => all.map((entry) => (entry.id === id ? { ...entry, ...given } : entry)))
  return (
    <Part title={t('parts.diagnoses')}>
      {entries.length > 0 && (
        <ol className={classes.list}>
          {entries.map((entry, at) => (
            <li key={entry.id} className={classes.entry}>
              <div className={classes.head}>
                <span className={classes.name}>
                  <bdi>{entry.text}</bdi>
                </span>
                <span className={classes.code}>{entry.code?.code ?? t('diagnosis.noCode')}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('diagnosis.remove', { name: entry.text })}
                  onClick={() => onEntries((all) => all.filter(({ id }) => id !== entry.id))}
                >
                  <IconX size={18} />
                </ActionIcon>
              </div>
              <div className={classes.fields}>
                <Select
                  label={t('diagnosis.certainty')}
                  allowDeselect={false}
                  data={CERTAINTIES.map((value) => ({ value, label: t(`diagnosis.certainties.${value}`) }))}
                  value={entry.certainty}
                  onChange={(value) => change(entry.id, { certainty: value as DiagnosisEntry['certainty'] })}
                />
                <TextInput
                  label={t('diagnosis.note')}
                  value={entry.note}
                  dir="auto"
                  onChange={(event) => change(entry.id, { note: event.currentTarget.value })}
                  error={fault(`diagnoses.${at}.text`)}
                  data-path={`diagnoses.${at}.text`}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      <TermPicker<Icd10Code>
        label={t('diagnosis.add')}
        description={t('diagnosis.hint')}
        load={loadIcd10}
        keyOf={({ code }) => code}
        render={(term) => <DiagnosisOption {...term} />}
        onPick={(term) => add({ text: term.english, code: icd10Coding(term) })}
        onFree={(text) => add({ text })}
        {...(pickerRef ? { inputRef: pickerRef } : {})}
      />
    </Part>
  )
})

function DiagnosisOption({ code, english, hindi }: Icd10Code) {
  return (
    <span className={pickerClasses.option}>
      <span className={pickerClasses.code}>{code}</span>
      <span>{english}</span>
      {hindi !== '' && (
        <span className={pickerClasses.more} lang="hi">
          {hindi}
        </span>
      )}
    </span>
  )
}
