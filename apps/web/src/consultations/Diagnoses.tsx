import { CERTAINTIES, type DiagnosisEntry, newDiagnosis } from '@curo/fhir/consultation'
import { type Icd10Code, icd10Coding, loadIcd10 } from '@curo/fhir/icd10'
import { Select, TextInput } from '@mantine/core'
import { memo, type Ref } from 'react'
import { useWords } from '../app/words.ts'
import { EntryList, type OnEntries } from './EntryList.tsx'
import { useFaults } from './field-problems.ts'
import { Part } from './Part.tsx'
import pickerClasses from './TermPicker.module.css'
import { TermPicker } from './TermPicker.tsx'

export type EntriesProps<T> = {
  entries: readonly T[]
  onEntries: OnEntries<T>
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
  return (
    <Part title={t('parts.diagnoses')}>
      <EntryList
        entries={entries}
        onEntries={onEntries}
        markOf={({ code }) => code?.code ?? t('diagnosis.noCode')}
        removeLabelOf={({ text }) => t('diagnosis.remove', { name: text })}
        fields={({ certainty, note }, { at, change }) => (
          <>
            <Select
              label={t('diagnosis.certainty')}
              allowDeselect={false}
              data={CERTAINTIES.map((value) => ({ value, label: t(`diagnosis.certainties.${value}`) }))}
              value={certainty}
              onChange={(value) => change({ certainty: value as DiagnosisEntry['certainty'] })}
            />
            <TextInput
              label={t('diagnosis.note')}
              value={note}
              dir="auto"
              onChange={(event) => change({ note: event.currentTarget.value })}
              error={fault(`diagnoses.${at}.text`)}
              data-path={`diagnoses.${at}.text`}
            />
          </>
        )}
      />
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
