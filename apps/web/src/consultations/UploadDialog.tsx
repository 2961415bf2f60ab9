import { CATEGORIES, type Category } from '@curo/crypto/category'
import type { TimelineSource } from '@curo/fhir/timeline'
import { Button, FileButton, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { localDay } from '../patients/patient-form.ts'
import { useRecordWords } from '../records/record-words.ts'
import { OneUploadBar } from '../records/upload/OneUploadBar.tsx'
import { faultsOf, NO_RESULT, nameOf, type ResultFields } from './result-fields.ts'
import classes from './UploadDialog.module.css'
import { useResultUpload } from './use-result-upload.ts'

type UploadDialogProps = {
  patient: string
  onClose: () => void
  onDone: (sources: TimelineSource[], record: string) => void
}

/** A result as a file: what it is, of when, where it belongs; then how far it is, and stopping and going on. */
export function UploadDialog({ patient, onClose, onDone }: UploadDialogProps) {
  const { t } = useWords('consultations')
  useReturnFocus()
  const { t: tRecords } = useRecordWords()
  const format = useFormat()
  const [fields, setFields] = useState<ResultFields>({ ...NO_RESULT, occurred: localDay() })
  const [hasTried, setTried] = useState(false)
  const faults = faultsOf(fields, localDay())
  const { state, sent, error, run, stop, giveUp } = useResultUpload(patient, onDone)
  const change = (given: Partial<ResultFields>) => setFields((before) => ({ ...before, ...given }))
  const isFixed = state !== 'new'
  const { file } = fields
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (file && Object.keys(faults).length === 0) run({ ...fields, file })
  }
  async function close() {
    await giveUp()
    onClose()
  }
  return (
    <Modal
      opened
      onClose={() => void close()}
      size="lg"
      title={t('upload.title')}
      closeOnClickOutside={!isFixed}
      closeButtonProps={{ 'aria-label': t('upload.cancel') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <div className={classes.file}>
            <FileButton
              onChange={(chosen) => chosen && change({ file: chosen, title: fields.title || nameOf(chosen) })}
              inputProps={{ 'aria-label': t('upload.choose') }}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  disabled={isFixed}
                  data-autofocus
                  leftSection={<IconFileUpload size={18} aria-hidden />}
                >
                  {t('upload.choose')}
                </Button>
              )}
            </FileButton>
            {file && (
              <span>
                <bdi>{file.name}</bdi>, {format.bytes(file.size)}
              </span>
            )}
          </div>
          {hasTried && faults.file && (
            <p className={classes.fault} role="alert">
              {t(`upload.faults.${faults.file}`)}
            </p>
          )}
          <div className={classes.fields}>
            <TextInput
              label={t('upload.name')}
              value={fields.title}
              disabled={isFixed}
              dir="auto"
              error={hasTried && faults.title && t(`upload.faults.${faults.title}`)}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
            <Select
              label={t('upload.category')}
              allowDeselect={false}
              disabled={isFixed}
              data={CATEGORIES.map((value) => ({ value, label: tRecords(`categories.${value}`) }))}
              value={fields.category}
              onChange={(value) => change({ category: value as Category })}
            />
            <TextInput
              type="date"
              label={t('upload.date')}
              max={localDay()}
              disabled={isFixed}
              value={fields.occurred}
              error={hasTried && faults.occurred && t(`upload.faults.${faults.occurred}`)}
              onChange={(event) => change({ occurred: event.currentTarget.value })}
            />
          </div>
          {isFixed && (
            <OneUploadBar
              sent={sent}
              label={t('upload.progress')}
              words={(percent) => t(`upload.states.${state}`, { percent })}
            />
          )}
          {error != null && <Trouble error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => void close()}>
              {t(isFixed ? 'upload.giveUp' : 'upload.cancel')}
            </Button>
            {state === 'running' ? (
              <Button variant="default" onClick={stop}>
                {t('upload.stop')}
              </Button>
            ) : (
              <Button type="submit">{t(isFixed ? 'upload.goOn' : 'upload.add')}</Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
