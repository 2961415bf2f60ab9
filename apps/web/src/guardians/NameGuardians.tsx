import { isCuroError } from '@curo/crypto/errors'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import classes from '../accounts/Devices.module.css'
import { useAccount } from '../accounts/session.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { CandidateLine } from './CandidateLine.tsx'
import { codeOf, GUARDIANS, keepCollected, readCollected } from './collected.ts'
import { takeInvitation } from './opened-invitation.ts'
import { candidateOf, ownGuardians } from './queries.ts'

type NameGuardiansProps = { isChange: boolean; onCancel: () => void; onNamed: () => void }

/** Three invitations, as they come; then all three at once become guardians. */
export function NameGuardians({ isChange, onCancel, onNamed }: NameGuardiansProps) {
  const { t } = useWords('guardians')
  const { id } = useAccount()
  const queries = useQueryClient()
  const [collected, setCollected] = useState(() => readCollected(id))
  const [typed, setTyped] = useState(() => takeInvitation() ?? '')
  const [wrong, setWrong] = useState<string>()

  function collect(invitations: string[]) {
    setCollected(invitations)
    keepCollected(id, invitations)
  }
  const add = useMutation({
    mutationFn: async (code: string) => {
      const found = await queries.fetchQuery(candidateOf(code))
      if (found.account === id) return setWrong(t('naming.yourself'))
      collect([...collected, code])
      setTyped('')
    },
  })
  const name = useMutation({
    mutationFn: () => work.guardians.name({ invitations: collected }),
    onSuccess: async () => {
      collect([])
      await queries.invalidateQueries({ queryKey: ownGuardians.queryKey })
      onNamed()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    const code = codeOf(typed)
    const fault = code === '' ? t('naming.missing') : collected.includes(code) ? t('naming.twice') : undefined
    setWrong(fault)
    if (fault === undefined) add.mutate(code)
  }
  const refusal = isCuroError(add.error, 'malformed')
    ? t('naming.malformed')
    : isCuroError(add.error, 'not-found')
      ? t('naming.unknown')
      : isCuroError(add.error, 'invalid-input')
        ? t('naming.yourself')
        : undefined
  const missing = GUARDIANS - collected.length

  return (
    <Stack gap="sm">
      <Text>{t('naming.text')}</Text>
      {collected.length > 0 && (
        <ul className={classes.devices}>
          {collected.map((invitation) => (
            <CandidateLine
              key={invitation}
              invitation={invitation}
              onDrop={() => collect(collected.filter((one) => one !== invitation))}
            />
          ))}
        </ul>
      )}
      {missing > 0 && (
        <form noValidate onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t('naming.field')}
              description={t('naming.hint')}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              error={wrong ?? refusal}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {add.error && refusal === undefined && <Trouble error={add.error} />}
            <Group>
              <Button type="submit" variant="default" loading={add.isPending}>
                {t('naming.add')}
              </Button>
              {isChange && (
                <Button variant="default" onClick={onCancel}>
                  {t('cancel')}
                </Button>
              )}
            </Group>
            <Text size="sm" c="dimmed" role="status">
              {t('naming.missingCount', { count: missing })}
            </Text>
          </Stack>
        </form>
      )}
      {missing === 0 && (
        <Stack gap="sm">
          <Text>{t('naming.check')}</Text>
          {name.error && <Trouble error={name.error} />}
          <Group>
            <Button loading={name.isPending} onClick={() => name.mutate()}>
              {t('naming.confirm')}
            </Button>
            {isChange && (
              <Button variant="default" onClick={onCancel}>
                {t('cancel')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Stack>
  )
}
