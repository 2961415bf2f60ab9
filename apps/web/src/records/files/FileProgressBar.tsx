import { Button, Progress } from '@mantine/core'
import type { FileProgress } from '../collect-blob.ts'
import { useRecordWords } from '../record-words.ts'
import classes from './FileProgressBar.module.css'

/** How much of a large file is here, and a way to stop it. */
export function FileProgressBar({ progress, onCancel }: { progress: FileProgress; onCancel: () => void }) {
  const { t, format } = useRecordWords()
  const { done, total } = progress
  const words = t('file.progress', { done: format.bytes(done), total: format.bytes(total) })
  const percent = Math.floor((100 * done) / total)
  return (
    <div className={classes.box}>
      <Progress.Root
        role="progressbar"
        aria-label={t('file.opening')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <Progress.Section value={percent} withAria={false} />
      </Progress.Root>
      <p className={classes.text}>{words}</p>
      <div>
        <Button variant="default" onClick={onCancel}>
          {t('file.cancel')}
        </Button>
      </div>
    </div>
  )
}
