import { newPrescription, type PrescriptionEntry } from '@curo/fhir/consultation'
import { type Drug, drugCode, loadDrugs } from '@curo/fhir/drugs'
import { memo } from 'react'
import { useWords } from '../app/words.ts'
import type { EntriesProps } from './Diagnoses.tsx'
import classes from './Entries.module.css'
import { Part } from './Part.tsx'
import { PrescriptionCard } from './PrescriptionCard.tsx'
import pickerClasses from './TermPicker.module.css'
import { TermPicker } from './TermPicker.tsx'

/** A medicine with what is usual for it, to be changed where this patient differs. */
export function prescriptionOf(drug: Drug, id: string): PrescriptionEntry {
  const [first] = drug.forms
  const code = drugCode(drug)
  return newPrescription(id, {
    drug: drug.name,
    ...(code && { code }),
    form: first?.form ?? '',
    strength: first?.strengths[0] ?? '',
    ...drug.usual,
  })
}

/** The prescription: one card for each medicine. */
export const Prescriptions = memo(function Prescriptions({
  entries,
  onEntries,
  pickerRef,
}: EntriesProps<PrescriptionEntry>) {
  const { t } = useWords('consultations')
  return (
    <Part title={t('parts.prescriptions')}>
      {entries.length > 0 && (
        <ol className={classes.list}>
          {entries.map((entry, at) => (
            <PrescriptionCard
              key={entry.id}
              entry={entry}
              at={at}
              onChange={(given) =>
                onEntries((all) => all.map((one) => (one.id === entry.id ? { ...one, ...given } : one)))
              }
              onRemove={() => onEntries((all) => all.filter(({ id }) => id !== entry.id))}
            />
          ))}
        </ol>
      )}
      <TermPicker<Drug>
        label={t('prescription.add')}
        description={t('prescription.hint')}
        load={loadDrugs}
        keyOf={({ name }) => name}
        render={({ name, hindi, forms }) => (
          <span className={pickerClasses.option}>
            <span>{name}</span>
            <span className={pickerClasses.more} lang="hi">
              {hindi}
            </span>
            <span className={pickerClasses.more}>{forms.map(({ form }) => form).join(', ')}</span>
          </span>
        )}
        onPick={(drug) => onEntries((all) => [...all, prescriptionOf(drug, crypto.randomUUID())])}
        onFree={(text) => onEntries((all) => [...all, newPrescription(crypto.randomUUID(), { drug: text })])}
        {...(pickerRef ? { inputRef: pickerRef } : {})}
      />
    </Part>
  )
})
