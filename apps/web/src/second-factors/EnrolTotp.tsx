import { isCuroError } from '@curo/crypto/errors'
import { Button, CopyButton, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { SixDigits } from '../accounts/SixDigits.tsx'
import { readSixDigits } from '../accounts/six-digits.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { QrCanvas } from '../cards/QrCanvas.tsx'
import { work } from '../work/work.ts'
import classes from './EnrolTotp.module.css'

type EnrolTotpProps = { onDone: () => void; onCancel: () => void }

/** The key for the app, to scan or to type, and the first code as the proof that it arrived. */
export function EnrolTotp({ onDone, onCancel }: EnrolTotpProps) {
  const { t } = useWords('second-factors')
  const start = useMutation({ mutationFn: () => work.secondFactors.start(undefined), gcTime: 0 })
  const confirm = useMutation({
    mutationFn: (code: string) => work.secondFactors.confirm({ code }),
    onSuccess: onDone,
    gcTime: 0,
  })
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string>()
  const begun = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, however often it is drawn
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    start.mutate()
  }, [])

  function submit(event: FormEvent) {
    event.preventDefault()
    const code = readSixDigits(typed)
    setWrong(code === null ? t('code.incomplete') : undefined)
    if (code !== null) confirm.mutate(code)
  }
  const refused = isCuroError(confirm.error, 'unauthorized')

  if (start.error)
    return <Trouble error={start.error} onRetry={() => start.mutate()} busy={start.isPending} />
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('enrol.scan')}</Text>
        <div className={classes.key}>
          {start.data ? (
            <>
              <QrCanvas address={start.data.uri} label={t('enrol.qr')} className={classes.qr} />
              <div className={classes.typed}>
                <Text size="sm" c="dimmed">
                  {t('enrol.orType')}
                </Text>
                <output className={classes.secret} aria-label={t('enrol.secret')}>
                  {start.data.typed}
                </output>
                <CopyButton value={start.data.typed.replaceAll(' ', '')}>
                  {({ copied, copy }) => (
                    <Button
                      variant="default"
                      size="xs"
                      onClick={copy}
                      leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                    >
                      {t(copied ? 'enrol.copied' : 'enrol.copy')}
                    </Button>
                  )}
                </CopyButton>
              </div>
            </>
          ) : (
            <Skeleton height={220} width={220} />
          )}
        </div>
        <SixDigits
          label={t('enrol.code')}
          description={t('enrol.codeHint')}
          value={typed}
          error={wrong ?? (refused ? t('code.refused') : undefined)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {confirm.error && !refused && <Trouble error={confirm.error} />}
        <Group>
          <Button type="submit" loading={confirm.isPending} disabled={!start.data}>
            {t('enrol.confirm')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
