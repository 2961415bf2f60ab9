import { Fieldset, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ReactNode, useEffect, useRef } from 'react'
import { nameOfLanguage } from '../app/display-names.ts'
import { useHospital } from '../app/hospital.ts'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../app/language.ts'
import { useWords } from '../app/words.ts'
import classes from './PatientForm.module.css'
import { checkField, localDay, type PatientFields } from './patient-form.ts'

const SEXES = ['female', 'male', 'other', 'unknown'] as const
/** In the order of the form: the first one that is wrong takes the focus. */
const ORDER: readonly (keyof PatientFields)[] = [
  ...(['given', 'family', 'birthDate', 'sex', 'phone', 'email', 'language'] as const),
  ...(['line1', 'line2', 'city', 'district', 'state', 'postalCode', 'country', 'idKind', 'idValue'] as const),
]

export type PatientFormProps = {
  initial: PatientFields
  onSubmit: (fields: PatientFields) => void
  /** Told of what is typed, such as to look for the same person. */
  onChange?: (fields: PatientFields) => void
  /** Between the fields and the end: a failure, a warning. */
  children?: ReactNode
  actions: ReactNode
}

/** What the desk asks of a person. What was typed stays, and what is wrong is said at its field. */
export function PatientForm({ initial, onSubmit, onChange, children, actions }: PatientFormProps) {
  const { t, locale } = useWords('patients')
  const { data: hospital } = useHospital()
  const element = useRef<HTMLFormElement>(null)
  const around = { callingCode: hospital?.countryPrefix ?? '+', today: localDay() }
  const form = useForm<PatientFields>({
    initialValues: initial,
    validateInputOnBlur: true,
    validate: Object.fromEntries(
      ORDER.map((name) => [
        name,
        (_: string, values: PatientFields) => {
          const problem = checkField(name, values, around)
          return problem && t(`problems.${problem}`)
        },
      ]),
    ),
  })
  const { values } = form
  useEffect(() => onChange?.(values), [onChange, values])

  function showFirstProblem(errors: Record<string, unknown>) {
    const first = ORDER.find((name) => errors[name])
    element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const text = (name: keyof PatientFields, extra: { [key: string]: unknown } = {}) => (
    <TextInput key={name} name={name} label={t(`fields.${name}`)} {...extra} {...form.getInputProps(name)} />
  )
  return (
    <form
      ref={element}
      noValidate
      className={classes.form}
      onSubmit={form.onSubmit((given) => onSubmit(given), showFirstProblem)}
    >
      <Fieldset legend={t('fields.who')} className={classes.group ?? ''}>
        {text('given', { autoComplete: 'off', withAsterisk: true, 'data-autofocus': true })}
        {text('family', { autoComplete: 'off' })}
        {text('birthDate', { type: 'date', max: around.today, withAsterisk: true })}
        <Select
          name="sex"
          label={t('fields.sex')}
          withAsterisk
          allowDeselect={false}
          data={SEXES.map((value) => ({ value, label: t(`sexes.${value}`) }))}
          {...form.getInputProps('sex')}
          value={values.sex || null}
        />
      </Fieldset>
      <Fieldset legend={t('fields.contact')} className={classes.group ?? ''}>
        {text('phone', {
          type: 'tel',
          inputMode: 'tel',
          autoComplete: 'off',
          withAsterisk: true,
          description: t('fields.phoneHint'),
          inputWrapperOrder: ['label', 'input', 'error', 'description'],
        })}
        {text('email', { type: 'email', inputMode: 'email', autoComplete: 'off' })}
        <Select
          name="language"
          label={t('fields.language')}
          clearable
          data={[...new Set([...LANGUAGES, ...(initial.language ? [initial.language] : [])])].map(
            (value) => ({
              value,
              label:
                value in LANGUAGE_NAMES ? LANGUAGE_NAMES[value as Language] : nameOfLanguage(value, locale),
            }),
          )}
          {...form.getInputProps('language')}
          value={values.language || null}
          onChange={(value) => form.setFieldValue('language', value ?? '')}
        />
      </Fieldset>
      <Fieldset legend={t('fields.address')} className={classes.group ?? ''}>
        {text('line1')}
        {text('line2')}
        {text('city')}
        {text('district')}
        {text('state')}
        {text('postalCode')}
        {text('country')}
      </Fieldset>
      <Fieldset legend={t('fields.other')} className={classes.group ?? ''}>
        {text('idKind', { placeholder: t('fields.idKindHint') })}
        {text('idValue')}
      </Fieldset>
      {children}
      <div className={classes.actions}>{actions}</div>
    </form>
  )
}
