import { sniffFileType } from '@curo/contract/file-types'
import { PAPER_BYTES } from '@curo/contract/paper-size'
import type { Paper } from '@curo/contract/papers'
import { Button, FileButton, Group, Input, Modal, Select, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCamera } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useFormat } from '../app/format.ts'
import { Trouble } from '../app/Loaded.tsx'
import { useReturnFocus } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import { ViewerLoading } from '../records/files/ViewerLoading.tsx'
import { OneUploadBar } from '../records/upload/OneUploadBar.tsx'
import { shrinkPicture } from './shrink-picture.ts'
import { usePaperUpload } from './use-paper-upload.ts'

const FileViewer = lazy(async () => ({
  default: (await import('../records/files/FileViewer.tsx')).FileViewer,
}))

const KINDS = [
  'treatment',
  'procedure',
  'privacy',
  'representative',
  'other',
] as const satisfies Paper['kind'][]
const SNIFFED_BYTES = 1024

type AddPaperProps = { patient: string; onClose: () => void }
type Chosen = { name: string; file: Blob }

/** Takes a scan or photo of what was signed, shows it, and has it kept: how far it is, stopping, sending it again. */
export function AddPaper({ onClose, patient }: AddPaperProps) {
  const { t } = useWords('papers')
  const { t: tApp } = useWords('app')
  const isPhone = useMediaQuery('(max-width: 48em)')
  const format = useFormat()
  useReturnFocus()
  const [kind, setKind] = useState<Paper['kind'] | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [wrong, setWrong] = useState<{ kind?: string; file?: string }>({})
  const { state, sent, error, run, stop, giveUp } = usePaperUpload(patient, onClose)
  const isFixed = state !== 'new'

  async function close() {
    await giveUp()
    onClose()
  }

  async function choose(picked: File | null) {
    if (picked === null) return
    const { name } = picked
    const type = sniffFileType(new Uint8Array(await picked.slice(0, SNIFFED_BYTES).arrayBuffer()))
    const file =
      picked.size > PAPER_BYTES && type !== 'application/pdf' ? await shrinkPicture(picked) : picked
    const sizes = { size: format.bytes(file.size), most: format.bytes(PAPER_BYTES) }
    const fault =
      type === null
        ? t('adding.wrongType', { name })
        : file.size > PAPER_BYTES
          ? t('adding.tooLarge', { name, ...sizes })
          : undefined
    setWrong(({ file: _, ...rest }) => ({ ...rest, ...(fault !== undefined && { file: fault }) }))
    setChosen(fault === undefined ? { name, file } : null)
  }

  function keep() {
    const missing = {
      ...(kind === null && { kind: t('adding.kindMissing') }),
      ...(chosen === null && { file: wrong.file ?? t('adding.fileMissing') }),
    }
    setWrong(missing)
    if (kind !== null && chosen !== null) run({ kind, file: chosen.file })
  }

  return (
    <Modal
      opened
      onClose={() => void close()}
      title={t('adding.title')}
      size="lg"
      fullScreen={isPhone}
      closeOnClickOutside={!isFixed}
      closeButtonProps={{ 'aria-label': tApp('actions.close') }}
    >
      <Stack>
        <Select
          disabled={isFixed}
          label={t('adding.kind')}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => {
            setKind(value as Paper['kind'] | null)
            setWrong(({ kind: _, ...rest }) => rest)
          }}
          error={wrong.kind}
          withAsterisk
          data-autofocus
        />
        <Input.Wrapper
          label={t('adding.file')}
          labelElement="div"
          description={t('adding.fileHint', { size: format.bytes(PAPER_BYTES) })}
          error={wrong.file}
          withAsterisk
        >
          <FileButton accept="application/pdf,image/png,image/jpeg" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button
                {...props}
                disabled={isFixed}
                variant="default"
                leftSection={<IconCamera size={18} aria-hidden />}
                mt={6}
              >
                {t(chosen ? 'adding.other' : 'adding.choose')}
              </Button>
            )}
          </FileButton>
        </Input.Wrapper>
        {chosen && (
          <Suspense fallback={<ViewerLoading />}>
            <FileViewer file={chosen.file} name={chosen.name} />
          </Suspense>
        )}
        <Text size="sm" c="dimmed">
          {t('adding.notClinical')}
        </Text>
        {isFixed && (
          <OneUploadBar
            sent={sent}
            label={t('adding.progress')}
            words={(percent) => t(`adding.states.${state}`, { percent })}
          />
        )}
        {error != null && <Trouble error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void close()}>
            {t('adding.cancel')}
          </Button>
          {state === 'running' ? (
            <Button variant="default" onClick={stop}>
              {t('adding.stop')}
            </Button>
          ) : (
            <Button onClick={keep}>{t(isFixed ? 'adding.again' : 'adding.keep')}</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
