import { TextInput, type TextInputProps } from '@mantine/core'
import { readContact } from '../accounts/contact.ts'
import { useHospital } from '../app/hospital.ts'
import { useWords } from '../app/words.ts'

/** The telephone number that one signs in with, and how to read what was typed. */
export function ContactField(props: TextInputProps) {
  const { t } = useWords('accounts')
  const { data: hospital } = useHospital()
  return (
    <TextInput
      label={t('fields.contact')}
      description={t('fields.contactHint', { code: hospital?.countryPrefix ?? '+' })}
      type="tel"
      inputMode="tel"
      autoComplete="username"
      size="md"
      {...props}
    />
  )
}

export function useReadContact(): (typed: string) => string | null {
  const { data: hospital } = useHospital()
  return (typed) => readContact(typed, hospital?.countryPrefix ?? '+')
}
