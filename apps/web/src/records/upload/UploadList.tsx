import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRecordWords } from '../record-words.ts'
import { begunUploads } from './queries.ts'
import classes from './Upload.module.css'
import { UploadLine } from './UploadLine.tsx'
import { clearDone, useUploads } from './upload-queue.ts'

/** What is on its way, what waits, what has arrived; nothing where there is none. */
export function UploadList() {
  const { t } = useRecordWords()
  const uploads = useUploads()
  useQuery(begunUploads)
  if (uploads.length === 0) return null
  return (
    <section aria-label={t('upload.underWay')}>
      <ul className={classes.list}>
        {uploads.map((one) => (
          <UploadLine key={one.id} upload={one} />
        ))}
      </ul>
      {uploads.some(({ state }) => state === 'done') && (
        <Button mt="sm" variant="subtle" onClick={clearDone}>
          {t('upload.clearDone')}
        </Button>
      )}
    </section>
  )
}
