import type { WorkingAccount } from '@curo/client/approvals'
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'

export type DecisionKind = 'approve' | 'reject' | 'suspend' | 'reinstate'

const NEEDS_REASON: readonly DecisionKind[] = ['reject', 'suspend']

type DecideAccountProps = { account: WorkingAccount; decision: DecisionKind; onClose: () => void }

/** Says what follows, asks for the reason that is sent, and decides. */
export function DecideAccount({ account, decision, onClose }: DecideAccountProps) {
  const { t } = useWords('approvals')
  useReturnFocus()
  const { t: tApp } = useWords('app')
  const problem = useProblem()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const needsReason = NEEDS_REASON.includes(decision)
  const deciding = useMutation({
    mutationFn: () =>
      work.approvals.decide({
        account: account.id,
        decision,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['approvals'] })
      onClose()
    },
  })
  function decide() {
    if (needsReason && reason.trim() === '') setMissing(true)
    else deciding.mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`decide.${decision}Title`, { name: account.name })}
      closeButtonProps={{ 'aria-label': tApp('actions.close') }}
    >
      <Stack>
        <Text>{t(`decide.${decision}Text`)}</Text>
        {needsReason && (
          <Textarea
            label={t('decide.reason')}
            description={t('decide.reasonHint')}
            autosize
            minRows={2}
            maxLength={400}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing(false)
            }}
            error={isMissing && t('decide.reasonMissing')}
            data-autofocus
          />
        )}
        {deciding.isError && (
          <Alert color="red" role="alert">
            {problem(deciding.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('decide.keep')}
          </Button>
          <Button color={needsReason ? 'red' : 'curo'} loading={deciding.isPending} onClick={decide}>
            {t(`decide.${decision}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
