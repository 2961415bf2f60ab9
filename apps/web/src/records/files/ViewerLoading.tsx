import { Loader } from '@mantine/core'
import { useRecordWords } from '../record-words.ts'
import classes from './FileViewer.module.css'

/** While a file is looked at or its viewer is loaded. */
export function ViewerLoading() {
  const { t } = useRecordWords()
  return (
    <div className={classes.loading} role="status" aria-label={t('record.loading')}>
      <Loader size="sm" />
    </div>
  )
}
