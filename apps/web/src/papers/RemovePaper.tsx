import type { Paper } from '@curo/client/papers'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { papersOf } from './queries.ts'

/** A button that deletes a paper scanned by mistake, once it has said what that means. */
export function RemovePaper({ paper: { id, kind, patient } }: { paper: Paper }) {
  const { t } = useWords('papers')
  const { t: tApp } = useWords('app')
  const problem = useProblem()
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const removing = useMutation({
    mutationFn: () => work.papers.remove({ paper: id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: papersOf(patient).queryKey })
      setAsking(false)
    },
  })
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        aria-label={`${t('removing.start')}: ${t(`kinds.${kind}`)}`}
        onClick={() => setAsking(true)}
      >
        {t('removing.start')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('removing.title')}
        closeButtonProps={{ 'aria-label': tApp('actions.close') }}
      >
        <Stack>
          <Text>{t('removing.text', { kind: t(`kinds.${kind}`) })}</Text>
          {removing.isError && (
            <Alert color="red" role="alert">
              {isCuroError(removing.error, 'forbidden') ? t('removing.notYours') : problem(removing.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {t('removing.keep')}
            </Button>
            <Button color="red" loading={removing.isPending} onClick={() => removing.mutate()}>
              {t('removing.now')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
