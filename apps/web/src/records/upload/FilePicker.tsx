import { Button } from '@mantine/core'
import { IconCamera, IconFilePlus } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './Upload.module.css'

type FilePickerProps = { onFiles: (files: File[]) => void; isBusy: boolean }

/** Choose, photograph, or drop files here. */
export function FilePicker({ onFiles, isBusy }: FilePickerProps) {
  const { t } = useRecordWords()
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const taken = [...(list ?? [])]
    if (taken.length > 0) onFiles(taken)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the buttons inside
    <div
      className={classes.picker}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p className={classes.pickerText}>{t('upload.drop')}</p>
      <div className={classes.pickerWays}>
        <Button
          loading={isBusy}
          leftSection={<IconFilePlus size={20} aria-hidden />}
          onClick={() => files.current?.click()}
        >
          {t('upload.choose')}
        </Button>
        <Button
          variant="default"
          className={classes.camera ?? ''}
          leftSection={<IconCamera size={20} aria-hidden />}
          onClick={() => camera.current?.click()}
        >
          {t('upload.photograph')}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('upload.choose')}
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('upload.photograph')}
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
