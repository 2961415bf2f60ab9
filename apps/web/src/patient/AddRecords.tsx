import { Anchor, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { localDay } from '../patients/patient-form.ts'
import { useRecordWords } from '../records/record-words.ts'
import { ChosenFileForm } from '../records/upload/ChosenFileForm.tsx'
import { type ChosenFaults, faultsOf } from '../records/upload/chosen-faults.ts'
import { chooseFiles, dropChosen, useChosenFiles } from '../records/upload/chosen-files.ts'
import { FilePicker } from '../records/upload/FilePicker.tsx'
import classes from '../records/upload/Upload.module.css'
import { UploadList } from '../records/upload/UploadList.tsx'
import { addUploads } from '../records/upload/upload-queue.ts'

const NONE: ChosenFaults = {}

/** Papers, pictures and files of her own: choose, say what they are, add. */
export function AddRecords() {
  const { t } = useWords('patient')
  return (
    <Page title={t('add.title')} width="reading">
      <Text c="dimmed">{t('add.about')}</Text>
      <UploadList />
      <Chosen />
      <Anchor component={Link} to="/patient/records">
        {t('add.back')}
      </Anchor>
    </Page>
  )
}

function Chosen() {
  const { t, fileKind } = useRecordWords()
  const chosen = useChosenFiles()
  const [isBusy, setBusy] = useState(false)
  const [isTried, setTried] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const today = localDay()
  const faults = useMemo(() => new Map(chosen.map((one) => [one.id, faultsOf(one, today)])), [chosen, today])
  const choose = async (files: File[]) => {
    setBusy(true)
    try {
      await chooseFiles(files, fileKind)
    } finally {
      setBusy(false)
    }
  }
  const add = () => {
    const sound = chosen.filter(({ id }) => Object.keys(faults.get(id) ?? NONE).length === 0)
    addUploads(sound)
    dropChosen(sound.map(({ id }) => id))
    const isAll = sound.length === chosen.length
    setTried(!isAll)
    if (!isAll)
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <>
      <FilePicker onFiles={(files) => void choose(files)} isBusy={isBusy} />
      {chosen.length > 0 && (
        <>
          <ul ref={list} className={classes.list} aria-label={t('upload.chosen')}>
            {chosen.map((one) => (
              <ChosenFileForm
                key={one.id}
                chosen={one}
                faults={isTried ? (faults.get(one.id) ?? NONE) : NONE}
              />
            ))}
          </ul>
          <div>
            <Button size="md" onClick={add}>
              {t('upload.add', { count: chosen.length })}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
