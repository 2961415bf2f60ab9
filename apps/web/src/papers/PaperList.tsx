import type { Paper } from '@curo/client/papers'
import { Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { StoredFile } from '../records/files/StoredFile.tsx'
import { work } from '../work/work.ts'
import classes from './PaperList.module.css'
import { papersOf } from './queries.ts'

type PaperListProps = {
  patient: string
  /** Said where nothing was signed yet. */
  empty: string
  /** Beside a paper, such as a button that removes it. */
  actions?: (paper: Paper) => ReactNode
}

/** The papers a patient signed, and who of the hospital has looked at each. */
export function PaperList({ patient, empty, actions }: PaperListProps) {
  return (
    <Loaded query={useQuery(papersOf(patient))} skeleton={[56]}>
      {(papers) =>
        papers.length === 0 ? (
          <Text c="dimmed">{empty}</Text>
        ) : (
          <ul className={classes.list}>
            {papers.map((paper) => (
              <li key={paper.id}>
                <PaperRow paper={paper} actions={actions?.(paper)} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function PaperRow({ paper, actions }: { paper: Paper; actions: ReactNode }) {
  const { t } = useWords('papers')
  const format = useFormat()
  const queries = useQueryClient()
  const { id, kind, type, size, patient, addedBy, readings } = paper
  const [last] = readings
  return (
    <StoredFile
      title={t(`kinds.${kind}`)}
      name={kind}
      stored={paper}
      openLabel={t('open')}
      read={async () => {
        const bytes = await work.papers.read({ id, type, size })
        void queries.invalidateQueries({ queryKey: papersOf(patient).queryKey })
        return bytes
      }}
      details={
        <span>
          {t('addedBy', { name: addedBy })} ·{' '}
          {last
            ? t('lastRead', {
                count: readings.length,
                name: last.by,
                at: format.dateTime(last.at),
              })
            : t('neverRead')}
        </span>
      }
      actions={actions}
    />
  )
}
