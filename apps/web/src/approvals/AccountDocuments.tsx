import type { AccountDocument } from '@curo/client/approvals'
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { StoredFile } from '../records/files/StoredFile.tsx'
import { work } from '../work/work.ts'
import classes from './AccountDocuments.module.css'

/** What somebody attached to her registration, shown by the portal's own viewers: it comes from a stranger. */
export function AccountDocuments({ account }: { account: string }) {
  const { t } = useWords('approvals')
  const problem = useProblem()
  const { data = [], error } = useQuery({
    queryKey: ['approvals', 'documents', account],
    queryFn: ({ signal }) => work.approvals.documents({ account }, { signal }),
  })
  return (
    <section className={classes.documents} aria-labelledby="documents">
      <h2 id="documents">{t('documents.title')}</h2>
      {error && (
        <Alert color="red" role="alert">
          {problem(error)}
        </Alert>
      )}
      {data.length === 0 && !error && <Text c="dimmed">{t('documents.none')}</Text>}
      {data.map((document) => (
        <DocumentRow key={document.id} document={document} />
      ))}
      {data.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('documents.watched')}
        </Text>
      )}
    </section>
  )
}

function DocumentRow({ document }: { document: AccountDocument }) {
  const { t } = useWords('approvals')
  const { id, kind, type, size } = document
  return (
    <StoredFile
      title={t(`documents.kinds.${kind}`)}
      name={kind}
      stored={document}
      read={() => work.approvals.read({ id, type, size })}
      openLabel={t('documents.open')}
    />
  )
}
