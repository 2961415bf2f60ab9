import { isCuroError } from '@curo/crypto/errors'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { SixDigits } from '../accounts/SixDigits.tsx'
import { readSixDigits } from '../accounts/six-digits.ts'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'

type EnterSentCodeProps = {
  expiresAt: string
  text: string
  enter: (otp: string) => Promise<void>
  onBack: () => void
}

/**
 * The code on the telephone. Whether one was sent is told to nobody: a wrong number or kit looks like a right one until
 * here, and here like a wrong code.
 */
export function EnterSentCode({ expiresAt, text, enter, onBack }: EnterSentCodeProps) {
  const { t } = useWords('recoveries')
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [incomplete, setIncomplete] = useState(false)
  const entering = useMutation({ mutationFn: enter, gcTime: 0 })
  const refused = isCuroError(entering.error, 'unauthorized')
  function submit(event: FormEvent) {
    event.preventDefault()
    const otp = readSixDigits(typed)
    setIncomplete(otp === null)
    if (otp !== null) entering.mutate(otp)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{text}</Text>
        <SixDigits
          label={t('sent.code')}
          description={t('sent.until', { until: format.time(expiresAt) })}
          value={typed}
          error={incomplete ? t('sent.incomplete') : refused ? t('sent.refused') : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        {entering.error && !refused && <Trouble error={entering.error} />}
        <Group grow preventGrowOverflow={false} wrap="wrap-reverse">
          <Button variant="default" onClick={onBack}>
            {tApp('actions.back')}
          </Button>
          <Button type="submit" loading={entering.isPending}>
            {t('sent.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
