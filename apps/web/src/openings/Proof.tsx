import { isCuroError } from '@curo/crypto/errors'
import { Alert, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './Proof.module.css'
import type { LineProof, LookSeen } from './work-patient.ts'

/** Asks for the proof of one line, checks it in the Worker, and says in words what it proves. */
export function Proof({ line }: { line: LookSeen['line'] }) {
  const { t } = useWords('openings')
  const { index, leaf, seq } = line
  const query = useQuery({
    queryKey: ['openings', 'proof', leaf],
    queryFn: ({ signal }) => (index === null ? null : work.openings.proveLine({ index, leaf }, { signal })),
  })
  if (isCuroError(query.error, 'tampered', 'ledger-inconsistent', 'forged-signature', 'ledger-fork'))
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />} title={t('proof.failed')}>
        {t('proof.failedText')}
      </Alert>
    )
  return (
    <Loaded query={query} skeleton={[80]}>
      {(proof) =>
        proof === null ? (
          <Text size="sm" className={classes.step ?? ''}>
            <IconClock size={18} aria-hidden /> <span>{t('proof.recorded')}</span>
          </Text>
        ) : (
          <Proved proof={proof} counter={seq} />
        )
      }
    </Loaded>
  )
}

function Proved({ proof, counter }: { proof: LineProof; counter: number }) {
  const { t } = useWords('openings')
  const format = useFormat()
  const { index, size, origin, cosignedBy, final } = proof
  return (
    <List spacing={4} size="sm" center={false} className={classes.proof ?? ''}>
      <List.Item icon={<IconCircleCheck size={18} aria-hidden />}>
        {t('proof.place', { place: index + 1, origin, size })} {t('proof.yours', { counter: counter + 1 })}
      </List.Item>
      <List.Item icon={<IconCircleCheck size={18} aria-hidden />}>{t('proof.signed')}</List.Item>
      <List.Item icon={<IconUsers size={18} aria-hidden />}>
        {cosignedBy.length > 0
          ? t('proof.cosigned', { names: format.list(cosignedBy.map(({ name }) => name)) })
          : t('proof.alone')}{' '}
        {!final && t('proof.notFinal')}
      </List.Item>
    </List>
  )
}
