import type { OwnRecovery } from '@curo/client/guardian-recovery'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownAttempts } from '../recoveries/queries.ts'
import { work } from '../work/work.ts'

/** Somebody who says to be her has asked her guardians. She can refuse, and only until it opens is that sure to help. */
export function OwnAttempts() {
  const { t } = useWords('guardians')
  const format = useFormat()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<OwnRecovery | null>(null)
  const attempts = useQuery(ownAttempts)
  const refuse = useMutation({
    mutationFn: ({ recovery }: OwnRecovery) => work.recoveries.refuse({ recovery }),
    onSettled: () => {
      setAsked(null)
      return queries.invalidateQueries({ queryKey: ownAttempts.queryKey })
    },
  })
  return (
    <>
      {attempts.error && <Trouble error={attempts.error} onRetry={() => void attempts.refetch()} />}
      {attempts.data?.map((attempt) => (
        <Alert
          key={attempt.recovery}
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={20} />}
          title={t('attempt.title')}
        >
          <Stack gap="sm" align="flex-start">
            <span>
              {t('attempt.text', {
                asked: format.dateTime(attempt.askedAt),
                opens: format.dateTime(attempt.opensAt),
              })}{' '}
              {t('attempt.released', { count: attempt.released })}
            </span>
            <Button color="red" onClick={() => setAsked(attempt)}>
              {t('attempt.refuse')}
            </Button>
          </Stack>
        </Alert>
      ))}
      {refuse.isSuccess && (
        <Alert color="curo" role="status" icon={<IconShieldCheck size={20} />}>
          {t('attempt.refused')}
        </Alert>
      )}
      {refuse.error && <Trouble error={refuse.error} />}
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('attempt.refuseTitle')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
        centered
      >
        <Stack>
          <Text>{t('attempt.refuseText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(null)}>
              {t('cancel')}
            </Button>
            <Button color="red" loading={refuse.isPending} onClick={() => asked && refuse.mutate(asked)}>
              {t('attempt.refuse')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
