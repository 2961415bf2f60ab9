import '@mantine/core/styles/NumberInput.layer.css'
import { type Consultation, VITAL_FIELD_NAMES, VITAL_FIELDS, type VitalField } from '@curo/fhir/consultation'
import { NumberInput } from '@mantine/core'
import { memo } from 'react'
import { useWords } from '../app/words.ts'
import { unitWords } from '../records/record-words.ts'
import { useFaults } from './field-problems.ts'
import { Part } from './Part.tsx'
import classes from './VitalsFields.module.css'

type VitalsFieldsProps = {
  vitals: Consultation['vitals']
  onVital: (field: VitalField, value: number | undefined) => void
}

/** Vital signs, each in the one unit that is asked for. */
export const VitalsFields = memo(function VitalsFields({ vitals, onVital }: VitalsFieldsProps) {
  const { t } = useWords('consultations')
  const fault = useFaults()
  return (
    <Part title={t('parts.vitals')}>
      <div className={classes.grid}>
        {VITAL_FIELD_NAMES.map((field) => (
          <NumberInput
            key={field}
            label={t(`vitals.${field}`)}
            value={vitals[field] ?? ''}
            onChange={(value) => onVital(field, typeof value === 'number' ? value : undefined)}
            allowNegative={false}
            decimalScale={2}
            hideControls
            error={fault(`vitals.${field}`)}
            data-path={`vitals.${field}`}
            rightSection={<span className={classes.unit}>{unitWords(VITAL_FIELDS[field].unit)}</span>}
            rightSectionWidth="auto"
            rightSectionPointerEvents="none"
          />
        ))}
      </div>
    </Part>
  )
})
