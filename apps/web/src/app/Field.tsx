import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type InputHTMLAttributes, useId, useState } from 'react'
import classes from './Field.module.css'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & {
  label: string
  hint?: string
  error?: string | undefined
}

/** A text field for pages without the component library: [Note: sign-in stands alone]. Looks like Mantine's. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId()
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      {hint && (
        <span id={`${id}-hint`} className={classes.hint}>
          {hint}
        </span>
      )}
      <input
        {...input}
        id={id}
        className={classes.input}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy || undefined}
      />
      {error && (
        <span id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </span>
      )}
    </div>
  )
}

type PasswordFieldProps = FieldProps & { showLabel: string; hideLabel: string }

/** With a button to see what one typed. */
export function PasswordField({ showLabel, hideLabel, ...field }: PasswordFieldProps) {
  const [seen, setSeen] = useState(false)
  const Icon = seen ? IconEyeOff : IconEye
  return (
    <div className={classes.password}>
      <Field {...field} type={seen ? 'text' : 'password'} />
      <button
        type="button"
        className={classes.reveal}
        aria-label={seen ? hideLabel : showLabel}
        title={seen ? hideLabel : showLabel}
        onClick={() => setSeen(!seen)}
      >
        <Icon size={20} aria-hidden />
      </button>
    </div>
  )
}
