import { useWords } from '../app/words.ts'
import classes from './NewPassword.module.css'
import { PasswordInput } from './PasswordInput.tsx'
import { adviseOn } from './password-advice.ts'

type NewPasswordProps = {
  value?: string
  error?: React.ReactNode
  onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void
  /** What the password should not be made of. */
  personal: readonly string[]
}

const BARS = { 'too-short': 1, common: 1, personal: 1, repeated: 1, fair: 2, good: 3, strong: 4 } as const

/** A new password with one piece of advice while it is typed. */
export function NewPassword({ value = '', personal, ...input }: NewPasswordProps) {
  const { t } = useWords('accounts')
  const advice = adviseOn(value, personal)
  return (
    <div>
      <PasswordInput
        label={t('fields.newPassword')}
        description={t('fields.newPasswordHint')}
        autoComplete="new-password"
        value={value}
        {...input}
      />
      {value !== '' && (
        <div className={classes.advice} data-bars={BARS[advice]}>
          <div className={classes.bars} aria-hidden>
            <i />
            <i />
            <i />
            <i />
          </div>
          <span role="status">{t(`passwords.${advice}`)}</span>
        </div>
      )}
    </div>
  )
}
