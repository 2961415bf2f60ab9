import type { AuditedRecord } from '@curo/client/audit'
import { Alert, Button, FileButton, Group, Input, Select } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './ChallengeForm.module.css'
import { readRootsFile } from './roots-file.ts'

const COUNTS = ['100', '300', '1000'] as const

/** Demands pieces of ciphertext, chosen at random here, and checks each against the record's root. */
export function ChallengeForm() {
  const { t } = useWords('audit')
  const format = useFormat()
  const problem = useProblem()
  const [given, setGiven] = useState<{ name: string; records: AuditedRecord[] } | null>(null)
  const [wrong, setWrong] = useState<string>()
  const [count, setCount] = useState<string>('300')
  const abort = useRef<AbortController>(undefined)
  const challenging = useMutation({
    mutationFn: (records: AuditedRecord[]) => {
      abort.current = new AbortController()
      return work.audit.challenge({ records, challenges: Number(count) }, { signal: abort.current.signal })
    },
  })
  const { data, error, isPending } = challenging
  const isStopped = error instanceof DOMException && error.name === 'AbortError'

  async function choose(file: File | null) {
    if (file === null) return
    challenging.reset()
    const records = readRootsFile(await file.text())
    setGiven(records && { name: file.name, records })
    setWrong(records ? undefined : t('challenge.wrongFile', { name: file.name }))
  }

  return (
    <section className={classes.block} aria-labelledby="challenge">
      <h2 id="challenge">{t('challenge.title')}</h2>
      <p>{t('challenge.text')}</p>
      <Input.Wrapper
        label={t('challenge.file')}
        labelElement="div"
        description={t('challenge.fileHint')}
        error={wrong}
      >
        <Group gap="sm" className={classes.chosen ?? ''}>
          <FileButton accept="application/json,.json" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileUpload size={18} aria-hidden />}>
                {t('challenge.choose')}
              </Button>
            )}
          </FileButton>
          {given && <span>{t('challenge.chosen', { name: given.name, count: given.records.length })}</span>}
        </Group>
      </Input.Wrapper>
      <Select
        label={t('challenge.count')}
        description={t('challenge.countHint', {
          chance: format.number(1 - 0.99 ** Number(count), { style: 'percent', maximumFractionDigits: 1 }),
        })}
        data={COUNTS.map((value) => ({ value, label: format.number(Number(value)) }))}
        value={count}
        onChange={(value) => setCount(value ?? '300')}
        allowDeselect={false}
      />
      <Group>
        <Button
          loading={isPending}
          onClick={() => (given ? challenging.mutate(given.records) : setWrong(t('challenge.fileMissing')))}
        >
          {t('challenge.start')}
        </Button>
        {isPending && (
          <Button variant="default" onClick={() => abort.current?.abort()}>
            {t('challenge.stop')}
          </Button>
        )}
      </Group>
      {error && !isStopped && (
        <Alert color="red" role="alert">
          {problem(error)}
        </Alert>
      )}
      {data && data.failed === 0 && (
        <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
          {t('challenge.held', { count: data.asked })}
        </Alert>
      )}
      {data && data.failed > 0 && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={t('challenge.failed', { failed: data.failed, count: data.asked })}
        >
          <ul className={classes.failed}>
            {data.leaves.slice(0, 20).map(({ root, leaf, outcome }) => (
              <li key={`${root} ${leaf}`}>
                <code>{root}</code> · {t('challenge.leaf', { leaf: format.number(leaf) })} ·{' '}
                {t(`challenge.outcomes.${outcome}`)}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </section>
  )
}
