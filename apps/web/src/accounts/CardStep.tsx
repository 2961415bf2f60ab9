import type { StartedActivation } from '@curo/client/activation'
import { isCuroError } from '@curo/crypto/errors'
import { Button, Stack, Text, Textarea } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { takeScannedCard } from '../cards/scanned-card.ts'
import { work } from '../work/work.ts'

const ScanCardDialog = lazy(async () => ({
  default: (await import('../cards/ScanCardDialog.tsx')).ScanCardDialog,
}))

/** What the QR code says: opened by the telephone's camera (then it is here already), or pasted. */
export function CardStep({ onStarted }: { onStarted: (started: StartedActivation) => void }) {
  const { t } = useWords('accounts')
  const problem = useProblem()
  const [scanned, setScanned] = useState(takeScannedCard)
  const [scanning, setScanning] = useState(false)
  const start = useMutation({
    mutationFn: (card: string) => work.activation.beginActivation({ scanned: card }),
    onSuccess: onStarted,
    gcTime: 0,
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (scanned.trim() !== '') start.mutate(scanned)
  }
  const wrongCard = isCuroError(start.error, 'malformed', 'unsupported-suite')
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('activate.card')}</Text>
        <Button leftSection={<IconCamera size={20} />} onClick={() => setScanning(true)}>
          {t('activate.scan')}
        </Button>
        {scanning && (
          <Suspense>
            <ScanCardDialog
              opened
              onClose={() => setScanning(false)}
              onCard={({ text }) => {
                setScanning(false)
                setScanned(text)
                start.mutate(text)
              }}
            />
          </Suspense>
        )}
        <Textarea
          label={t('activate.cardText')}
          description={t('activate.cardHint')}
          autosize
          minRows={3}
          maxRows={6}
          spellCheck={false}
          autoComplete="off"
          value={scanned}
          error={start.error ? (wrongCard ? t('activate.cardWrong') : problem(start.error)) : undefined}
          onChange={(event) => setScanned(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={start.isPending} disabled={scanned.trim() === ''}>
          {t('activate.sendCode')}
        </Button>
      </Stack>
    </form>
  )
}
