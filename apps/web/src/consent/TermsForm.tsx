import { Button, Checkbox, Fieldset, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { CategoryChoice } from './CategoryChoice.tsx'
import { sayUntil, type Terms } from './sentence.ts'
import classes from './TermsForm.module.css'
import { faultsIn, isNarrower, shorterThan, type TermsValues, termsFrom, type Until } from './terms.ts'

type TermsFormProps = {
  initial: TermsValues
  /** What was asked for; the form only takes away from it. Absent where she allows of her own accord. */
  asked?: Terms
  busy: boolean
  /** The button's words, by whether less is allowed than was asked. */
  confirm: (narrower: boolean) => string
  onConfirm: (terms: Omit<Terms, 'purpose'>) => void
  /** Beside the button. */
  children?: React.ReactNode
}

/** What may be read, from which days, until when and how often. */
export function TermsForm({ initial, asked, busy, confirm, onConfirm, children }: TermsFormProps) {
  const { t } = useWords('consent')
  const format = useFormat()
  const form = useForm<TermsValues>({
    initialValues: initial,
    validate: (values) => {
      const faults = faultsIn(values)
      return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(`form.${fault}`)]))
    },
  })
  const { values } = form
  const narrower = asked !== undefined && isNarrower(termsFrom(values, { asked }), asked)
  const hours = shorterThan(asked?.notAfter ?? null)
  return (
    <form noValidate onSubmit={form.onSubmit((sent) => onConfirm(termsFrom(sent, { asked })))}>
      <Stack gap="lg">
        <Fieldset legend={t('form.what')} className={classes.set ?? ''}>
          {asked && (
            <Text size="sm" c="dimmed" mb="sm">
              {t('form.whatHint')}
            </Text>
          )}
          <CategoryChoice
            offered={asked?.scope.categories}
            chosen={values.categories}
            onChange={(categories) => form.setFieldValue('categories', categories)}
            error={form.errors.categories}
          />
          {asked && asked.scope.records.length > 0 && (
            <Checkbox
              mt="xs"
              label={t('records', { count: asked.scope.records.length })}
              checked={values.records.length > 0}
              onChange={({ currentTarget: { checked } }) =>
                form.setFieldValue('records', checked ? [...asked.scope.records] : [])
              }
            />
          )}
        </Fieldset>
        <Fieldset legend={t('form.days')} className={classes.set ?? ''}>
          <Radio.Group {...form.getInputProps('days')} aria-label={t('form.days')}>
            <Stack gap={4}>
              {!asked?.scope.from && !asked?.scope.to && <Radio value="all" label={t('form.allDays')} />}
              <Radio value="some" label={t('form.someDays')} />
            </Stack>
          </Radio.Group>
          {values.days === 'some' && (
            <div className={classes.days}>
              <TextInput
                type="date"
                label={t('form.from')}
                min={asked?.scope.from}
                {...form.getInputProps('from')}
              />
              <TextInput
                type="date"
                label={t('form.to')}
                max={asked?.scope.to}
                {...form.getInputProps('to')}
              />
            </div>
          )}
        </Fieldset>
        <Fieldset legend={t('form.until')} className={classes.set ?? ''}>
          <Radio.Group
            value={values.until}
            onChange={(until) => form.setFieldValue('until', until as Until)}
            aria-label={t('form.until')}
          >
            <Stack gap={4}>
              {asked && (
                <Radio
                  value="asked"
                  label={t('form.untilAsked', { until: sayUntil(asked.notAfter, { format }) })}
                />
              )}
              {hours.map((count) => (
                <Radio
                  key={count}
                  value={String(count)}
                  label={
                    count < 24 ? t('form.untilHours', { count }) : t('form.untilDays', { count: count / 24 })
                  }
                />
              ))}
              <Radio value="day" label={t('form.untilOther')} />
            </Stack>
          </Radio.Group>
          {values.until === 'day' && (
            <TextInput
              className={classes.day ?? ''}
              type="date"
              label={t('form.untilDay')}
              {...form.getInputProps('untilDay')}
            />
          )}
        </Fieldset>
        {asked?.use !== 'single' && (
          <Fieldset legend={t('form.use')} className={classes.set ?? ''}>
            <Radio.Group {...form.getInputProps('use')} aria-label={t('form.use')}>
              <Stack gap={4}>
                <Radio value="standing" label={t('form.standing')} />
                <Radio value="single" label={t('form.single')} />
              </Stack>
            </Radio.Group>
          </Fieldset>
        )}
        <Group>
          <Button type="submit" size="md" loading={busy}>
            {confirm(narrower)}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  )
}
