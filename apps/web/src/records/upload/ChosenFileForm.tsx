import { CATEGORIES, type Category } from '@curo/crypto/category'
import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { localDay } from '../../patients/patient-form.ts'
import { useRecordWords } from '../record-words.ts'
import type { ChosenFaults } from './chosen-faults.ts'
import { type ChosenFile, changeChosen, dropChosen } from './chosen-files.ts'
import { FileThumbnail } from './FileThumbnail.tsx'
import classes from './Upload.module.css'

type ChosenFileFormProps = {
  chosen: ChosenFile
  /** Shown once she has tried to add it. */
  faults: ChosenFaults
}

/** One file before it is added: what it is, of when, and where it belongs. */
export const ChosenFileForm = memo(function ChosenFileForm({ chosen, faults }: ChosenFileFormProps) {
  const { t, format, fileKind } = useRecordWords()
  const { id, file, title, occurred, category, contentType } = chosen
  return (
    <li className={classes.file} aria-label={file.name}>
      <div className={classes.fileHead}>
        <FileThumbnail file={file} contentType={contentType} />
        <div className={classes.fileWords}>
          <bdi className={classes.fileName}>{file.name}</bdi>
          <span className={classes.fileSize}>
            {t('file.sizeOf', { kind: fileKind(contentType), size: format.bytes(file.size) })}
          </span>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('upload.drop1', { name: file.name })}
          onClick={() => dropChosen([id])}
        >
          <IconTrash size={20} aria-hidden />
        </ActionIcon>
      </div>
      {faults.file && (
        <p className={classes.fault} role="alert">
          {t(`upload.faults.${faults.file}`)}
        </p>
      )}
      <div className={classes.fields}>
        <TextInput
          label={t('upload.title')}
          value={title}
          error={faults.title && t(`upload.faults.${faults.title === 'missing' ? 'noTitle' : 'longTitle'}`)}
          onChange={(event) => changeChosen(id, { title: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('upload.date')}
          max={localDay()}
          value={occurred}
          error={faults.occurred && t(`upload.faults.${faults.occurred === 'missing' ? 'noDate' : 'future'}`)}
          onChange={(event) => changeChosen(id, { occurred: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('upload.category')}
          description={category === 'sensitive' ? t('upload.sensitive') : undefined}
          value={category}
          data={CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
          onChange={(event) => changeChosen(id, { category: event.currentTarget.value as Category })}
        />
      </div>
    </li>
  )
})
