import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, useRef } from 'react'
import { PasswordInput } from '../accounts/PasswordInput.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import classes from './Demo.module.css'
import { startFilling, useFilling } from './filling.ts'
import { MOST_PATIENTS, USUAL_PATIENTS, USUAL_SEED } from './most-patients.ts'
import type { DemoState } from './work.ts'

const LONGEST_SEED = 64

type FillFormProps = Pick<DemoState, 'begun'> & {
  /** Invented people are there whose password this browser does not know. */
  asksPassword: boolean
}

/** How many are to be invented; once some are there, more of the same. */
export function FillForm({ begun, asksPassword }: FillFormProps) {
  const { t } = useWords('demo')
  const problem = useProblem()
  const filling = useFilling()
  const failed = filling.state === 'none' ? filling : null
  const least = begun ? Math.min(begun.patients + 1, MOST_PATIENTS) : 1
  const range = { least, most: MOST_PATIENTS }
  const form = useForm({
    initialValues: {
      patients: String(
        failed?.input?.patients ??
          (begun ? Math.min(begun.patients + USUAL_PATIENTS, MOST_PATIENTS) : USUAL_PATIENTS),
      ),
      seed: failed?.input?.seed ?? USUAL_SEED,
      password: '',
    },
    validate: {
      patients: (typed) => {
        const count = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN
        return count >= least && count <= MOST_PATIENTS ? null : t('form.badCount', range)
      },
      seed: ({ length }) => (length <= LONGEST_SEED ? null : t('form.badSeed')),
      password: (typed) => (asksPassword && typed === '' ? t('form.noPassword') : null),
    },
    onSubmitPreventDefault: 'always',
  })
  const error = failed?.error
  const isWrongPassword = asksPassword && isCuroError(error, 'unauthorized')
  const password = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isWrongPassword) password.current?.focus()
  }, [isWrongPassword])
  const submit = form.onSubmit(
    ({ patients, seed, password }) =>
      void startFilling({
        patients: Number(patients),
        seed: seed.trim() || USUAL_SEED,
        ...(asksPassword && { password }),
      }),
    (faults) => form.getInputNode(Object.keys(faults)[0] ?? '')?.focus(),
  )
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <TextInput
        label={t(begun ? 'form.more' : 'form.patients')}
        description={t(begun ? 'form.moreHint' : 'form.patientsHint', range)}
        inputMode="numeric"
        maxLength={20}
        {...form.getInputProps('patients')}
      />
      {!begun && (
        <TextInput label={t('form.seed')} description={t('form.seedHint')} {...form.getInputProps('seed')} />
      )}
      {asksPassword && (
        <PasswordInput
          ref={password}
          label={t('form.password')}
          description={t('form.passwordHint')}
          autoComplete="off"
          {...form.getInputProps('password')}
          error={isWrongPassword ? t('form.wrongPassword') : form.errors.password}
        />
      )}
      {error !== undefined && !isWrongPassword && (
        <Alert color="red" role="alert" title={t('failed')}>
          {problem(error)}
        </Alert>
      )}
      <Button type="submit" variant={begun ? 'default' : 'filled'}>
        {t(begun ? 'form.add' : 'form.start')}
      </Button>
    </form>
  )
}
