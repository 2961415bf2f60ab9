import { PasswordInput as MantinePasswordInput, type PasswordInputProps } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../app/words.ts'

/** With a button to see what one typed, which speaks her language and is reached with the keyboard. */
export function PasswordInput(props: PasswordInputProps) {
  const { t } = useWords('accounts')
  const [seen, setSeen] = useState(false)
  const label = t(seen ? 'fields.hidePassword' : 'fields.showPassword')
  return (
    <MantinePasswordInput
      {...props}
      visible={seen}
      onVisibilityChange={setSeen}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': label, 'aria-pressed': undefined, title: label }}
    />
  )
}
