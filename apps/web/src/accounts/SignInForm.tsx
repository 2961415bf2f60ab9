import { isCuroError } from '@curo/crypto/errors'
import { type FormEvent, useState } from 'react'
import { Field, PasswordField } from '../app/Field.tsx'
import { Notice } from '../app/Notice.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { readContact } from './contact.ts'
import classes from './SignIn.module.css'

type SignInFormProps = {
  countryPrefix: string
  busy: boolean
  failure: unknown
  onSubmit: (given: { contact: string; password: string }) => void
}

export function SignInForm({ countryPrefix, busy, failure, onSubmit }: SignInFormProps) {
  const { t } = useWords('accounts')
  const problem = useProblem()
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<{ contact?: string; password?: string }>({})

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const contact = readContact(typed, countryPrefix)
    setWrong({
      ...(contact === null ? { contact: t('fields.contactWrong') } : {}),
      ...(password === '' ? { password: t('fields.passwordMissing') } : {}),
    })
    if (contact !== null && password !== '') return onSubmit({ contact, password })
    const field = contact === null ? 'contact' : 'password'
    event.currentTarget.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
  }

  return (
    <form noValidate className={classes.form} onSubmit={submit}>
      <Field
        name="contact"
        label={t('fields.contact')}
        hint={t('fields.contactHint', { code: countryPrefix })}
        type="tel"
        inputMode="tel"
        autoComplete="username"
        value={typed}
        error={wrong.contact}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <PasswordField
        name="password"
        label={t('fields.password')}
        showLabel={t('fields.showPassword')}
        hideLabel={t('fields.hidePassword')}
        autoComplete="current-password"
        value={password}
        error={wrong.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {failure !== null && (
        <Notice kind="problem">
          {isCuroError(failure, 'unauthorized') ? t('signIn.wrong') : problem(failure)}
        </Notice>
      )}
      <button type="submit" className={classes.submit} aria-disabled={busy}>
        {busy ? t('signIn.busy') : t('signIn.submit')}
      </button>
    </form>
  )
}
