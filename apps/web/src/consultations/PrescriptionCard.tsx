import {
  DURATION_UNITS,
  FOOD_RELATIONS,
  type FoodRelation,
  FREQUENCIES,
  type PrescriptionEntry,
  ROUTES,
} from '@curo/fhir/consultation'
import type { Drug } from '@curo/fhir/drugs'
import { ActionIcon, Autocomplete, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'
import { useRecordWords } from '../records/record-words.ts'
import classes from './Entries.module.css'
import { useFaults } from './field-problems.ts'
import { useDrug } from './use-warnings.ts'
import { WarningList } from './WarningList.tsx'

type PrescriptionCardProps = {
  entry: PrescriptionEntry
  at: number
  onChange: (given: Partial<PrescriptionEntry>) => void
  onRemove: () => void
}

const NO_FOOD = 'none'

const formsOf = (drug: Drug | undefined) => drug?.forms.map(({ form }) => form) ?? []
const strengthsOf = (drug: Drug | undefined, form: string) =>
  drug?.forms.find((one) => one.form === form)?.strengths ?? []

/** One medicine: how much, how often, how long; what speaks against it stands below. */
export function PrescriptionCard({ entry, at, onChange, onRemove }: PrescriptionCardProps) {
  const { t } = useWords('consultations')
  const { t: tRecords } = useRecordWords()
  const faults = useFaults()
  const path = `prescriptions.${at}`
  const drug = useDrug(entry.drug)
  const field = (name: string) => ({
    'data-path': `${path}.${name}`,
    error: faults(`${path}.${name}`),
  })
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <span className={classes.name}>
          <bdi>{entry.drug}</bdi>
        </span>
        {entry.code && <span className={classes.code}>{entry.code.code}</span>}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('prescription.remove', { name: entry.drug })}
          onClick={onRemove}
        >
          <IconX size={18} />
        </ActionIcon>
      </div>
      <WarningList path={path} />
      <div className={classes.fields}>
        <Autocomplete
          label={t('prescription.form')}
          data={formsOf(drug)}
          value={entry.form}
          onChange={(form) => onChange({ form })}
          {...field('drug')}
        />
        <Autocomplete
          label={t('prescription.strength')}
          data={[...strengthsOf(drug, entry.form)]}
          value={entry.strength}
          onChange={(strength) => onChange({ strength })}
        />
        <div className={classes.pair}>
          <NumberInput
            label={t('prescription.dose')}
            value={entry.dose ?? ''}
            allowNegative={false}
            decimalScale={3}
            hideControls
            onChange={(value) => onChange(given('dose', value))}
            {...field('dose')}
          />
          <TextInput
            aria-label={t('prescription.doseUnit')}
            value={entry.doseUnit}
            onChange={(event) => onChange({ doseUnit: event.currentTarget.value })}
            {...field('doseUnit')}
          />
        </div>
        <Select
          label={t('prescription.frequency')}
          searchable
          allowDeselect={false}
          data={Object.entries(FREQUENCIES).map(([value, { short }]) => ({
            value,
            label: `${t(`frequencies.${value as 'once-daily'}`)} (${short})`,
          }))}
          value={entry.frequency || null}
          onChange={(frequency) => onChange({ frequency: frequency ?? '' })}
          {...field('frequency')}
        />
        <div className={classes.pair}>
          <NumberInput
            label={t('prescription.duration')}
            value={entry.duration ?? ''}
            allowNegative={false}
            allowDecimal={false}
            hideControls
            onChange={(value) => onChange(given('duration', value))}
            {...field('duration')}
          />
          <Select
            aria-label={t('prescription.durationUnit')}
            allowDeselect={false}
            data={DURATION_UNITS.map((value) => ({ value, label: t(`prescription.units.${value}`) }))}
            value={entry.durationUnit}
            onChange={(value) => onChange({ durationUnit: value as PrescriptionEntry['durationUnit'] })}
          />
        </div>
        <Select
          label={t('prescription.food')}
          allowDeselect={false}
          data={([NO_FOOD, ...FOOD_RELATIONS] as const).map((value) => ({
            value,
            label: t(`prescription.foods.${value}`),
          }))}
          value={entry.food ?? NO_FOOD}
          onChange={(value) => onChange(withFood(value))}
        />
        <Select
          label={t('prescription.route')}
          searchable
          allowDeselect={false}
          data={Object.keys(ROUTES).map((value) => ({
            value,
            label: tRecords(`routes.${value as 'oral'}`),
          }))}
          value={entry.route}
          onChange={(route) => onChange({ route: route ?? '' })}
        />
        <Checkbox
          className={classes.check ?? ''}
          label={t('prescription.asNeeded')}
          checked={entry.isAsNeeded}
          onChange={(event) => onChange({ isAsNeeded: event.currentTarget.checked })}
        />
        <TextInput
          className={classes.wide ?? ''}
          label={t('prescription.instruction')}
          value={entry.instruction}
          dir="auto"
          onChange={(event) => onChange({ instruction: event.currentTarget.value })}
          {...field('instruction')}
        />
      </div>
    </li>
  )
}

/** A number, or none: exactly optional members must not be undefined. */
function given(name: 'dose' | 'duration', value: string | number): Partial<PrescriptionEntry> {
  return { [name]: typeof value === 'number' ? value : undefined } as Partial<PrescriptionEntry>
}

function withFood(value: string | null): Partial<PrescriptionEntry> {
  return { food: value === NO_FOOD ? undefined : (value as FoodRelation) } as Partial<PrescriptionEntry>
}
