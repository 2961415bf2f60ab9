import { TextInput, type TextInputProps } from '@mantine/core'

/** A code from an authenticator app or a message. */
export function SixDigits(props: TextInputProps) {
  return <TextInput inputMode="numeric" autoComplete="one-time-code" maxLength={8} size="md" {...props} />
}
