import { Button, FileButton, Progress } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import { GiveUpDialog } from './GiveUpDialog.tsx'
import classes from './Upload.module.css'
import { type QueuedUpload, resumeUpload, resumeWithFile, stopUpload } from './upload-queue.ts'
import { useUploadProblem } from './use-upload-problem.ts'

/** One upload: how far it is, and what can be done about it. */
export function UploadLine({ upload }: { upload: QueuedUpload }) {
  const { t, format } = useRecordWords()
  const { id, title, fileName, size, state, sent } = upload
  const percent = format.number(sent, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <li className={classes.file} aria-label={fileName}>
      <div className={classes.fileWords}>
        <bdi className={classes.fileName}>{title}</bdi>
        <span className={classes.fileSize}>
          <bdi>{fileName}</bdi>, {format.bytes(size)}
        </span>
      </div>
      {state === 'done' ? (
        <p className={classes.done} role="status">
          <IconCheck size={20} aria-hidden /> {t('upload.states.done')}
        </p>
      ) : (
        <>
          <Progress value={100 * sent} aria-label={t('upload.progress', { name: fileName })} />
          <p className={classes.progressText} role="status">
            {t(`upload.states.${state}`, { percent })}
          </p>
        </>
      )}
      {(state === 'failed' || state === 'needs-file') && upload.error !== undefined && (
        <Problem upload={upload} />
      )}
      <div className={classes.actions}>
        {state === 'done' && upload.record !== undefined && (
          <Button
            component={Link}
            to="/patient/records/$record"
            params={{ record: upload.record } as never}
            variant="default"
          >
            {t('upload.see')}
          </Button>
        )}
        {(state === 'running' || state === 'waiting') && (
          <Button variant="default" onClick={() => stopUpload(id)}>
            {t('upload.stop')}
          </Button>
        )}
        {(state === 'stopped' || state === 'away' || state === 'failed') && (
          <Button variant="default" onClick={() => resumeUpload(id)}>
            {t('upload.goOn')}
          </Button>
        )}
        {state === 'needs-file' && (
          <FileButton onChange={(file) => file && resumeWithFile(id, file)}>
            {(props) => (
              <Button {...props} variant="default">
                {t('upload.chooseAgain')}
              </Button>
            )}
          </FileButton>
        )}
        {state !== 'done' && state !== 'elsewhere' && <GiveUp upload={upload} />}
      </div>
    </li>
  )
}

function GiveUp({ upload }: { upload: QueuedUpload }) {
  const { t } = useRecordWords()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('upload.giveUp')}
      </Button>
      <GiveUpDialog upload={upload} opened={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}

function Problem({ upload }: { upload: QueuedUpload }) {
  const problem = useUploadProblem()
  return (
    <p className={classes.fault} role="alert">
      {problem(upload.error)}
    </p>
  )
}
