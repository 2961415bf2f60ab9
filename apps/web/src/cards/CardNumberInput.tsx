import { formatCardNumber } from '@curo/crypto/card-number'
import { TextInput } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { type ChangeEvent, useLayoutEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import classes from './CardNumberInput.module.css'
import { caretAfter, checkCardNumber, readDigits } from './card-number-entry.ts'

export type CardNumberInputProps = {
  /** Digits without spaces. */
  value: string
  onChange: (digits: string) => void
  /** An error from elsewhere, such as “There is no such card.” */
  error?: string | undefined
  label?: string
  isRequired?: boolean
  isDisabled?: boolean
  hasFocus?: boolean
}

/** A card's number, grouped while it is typed, with its check digit checked as soon as it can be. */
export function CardNumberInput({
  value,
  onChange,
  error,
  label,
  isRequired = false,
  isDisabled = false,
  hasFocus = false,
}: CardNumberInputProps) {
  const { t } = useWords('cards')
  const input = useRef<HTMLInputElement>(null)
  const digitsBefore = useRef<number | undefined>(undefined)
  const check = checkCardNumber(value)
  const grouped = formatCardNumber(value)

  useLayoutEffect(() => {
    const before = digitsBefore.current
    digitsBefore.current = undefined
    if (before === undefined || document.activeElement !== input.current) return
    const caret = caretAfter(grouped, before)
    input.current?.setSelectionRange(caret, caret)
  })

  function type(event: ChangeEvent<HTMLInputElement>) {
    const { value: typed, selectionStart } = event.currentTarget
    digitsBefore.current = readDigits(typed.slice(0, selectionStart ?? typed.length)).length
    onChange(readDigits(typed))
  }

  const fault =
    error ??
    (check.state === 'notCuro' || check.state === 'wrong'
      ? t(`number.${check.state}`)
      : check.state === 'tooLong'
        ? t('number.tooLong', { count: check.count })
        : undefined)
  const progress =
    check.state === 'right'
      ? t('number.right')
      : check.state === 'missing'
        ? t('number.missing', { count: check.count })
        : t('number.hint')
  return (
    <TextInput
      ref={input}
      label={label ?? t('number.label')}
      description={fault === undefined ? progress : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      descriptionProps={{ 'aria-live': 'polite' }}
      error={fault}
      errorProps={{ role: 'alert' }}
      value={grouped}
      onChange={type}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      required={isRequired}
      withAsterisk={false}
      disabled={isDisabled}
      data-autofocus={hasFocus || undefined}
      classNames={{ input: classes.input ?? '' }}
      rightSection={
        check.state === 'right' && fault === undefined ? (
          <IconCircleCheck className={classes.right} size={20} aria-hidden />
        ) : null
      }
    />
  )
}
