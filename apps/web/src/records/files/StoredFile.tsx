import { Alert, Button, Group, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconEye, IconFile } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { useFormat } from '../../app/format.ts'
import { useProblem } from '../../app/problem.ts'
import { useWords } from '../../app/words.ts'
import classes from './StoredFile.module.css'
import { ViewerLoading } from './ViewerLoading.tsx'

const FileViewer = lazy(async () => ({ default: (await import('./FileViewer.tsx')).FileViewer }))

const ENDINGS = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' } as const

type StoredFileProps = {
  title: string
  /** Of the file when it is saved, without its ending. */
  name: string
  stored: { type: keyof typeof ENDINGS; size: number; createdAt: string }
  /** Fetches the bytes, each time it is looked at. */
  read: () => Promise<Uint8Array>
  openLabel: string
  /** Under the title, after what kind of file it is and since when. */
  details?: ReactNode
  /** Beside the button that opens it. */
  actions?: ReactNode
}

/** A file that the hospital keeps, a row: what it is, and a button that fetches and shows it. */
export function StoredFile({ title, name, stored, read, openLabel, details, actions }: StoredFileProps) {
  const { t: tApp } = useWords('app')
  const format = useFormat()
  const problem = useProblem()
  const isPhone = useMediaQuery('(max-width: 48em)')
  const { type, size, createdAt } = stored
  const reading = useMutation({
    mutationFn: async () => new Blob([(await read()).slice()], { type }),
    gcTime: 0,
  })
  return (
    <div className={classes.row}>
      <IconFile size={22} stroke={1.5} aria-hidden />
      <span className={classes.what}>
        <strong>{title}</strong>
        <span>
          {ENDINGS[type].toUpperCase()} · {format.bytes(size)} · {format.dateTime(createdAt)}
        </span>
        {details}
      </span>
      <Group gap="xs">
        <Button
          size="compact-md"
          variant="default"
          loading={reading.isPending}
          leftSection={<IconEye size={16} aria-hidden />}
          aria-label={`${openLabel}: ${title}`}
          onClick={() => reading.mutate()}
        >
          {openLabel}
        </Button>
        {actions}
      </Group>
      {reading.isError && (
        <Alert color="red" role="alert" className={classes.whole ?? ''}>
          {problem(reading.error)}
        </Alert>
      )}
      <Modal
        opened={reading.isSuccess}
        onClose={() => reading.reset()}
        title={title}
        size="xl"
        fullScreen={isPhone}
        closeButtonProps={{ 'aria-label': tApp('actions.close') }}
      >
        {reading.data && (
          <Suspense fallback={<ViewerLoading />}>
            <FileViewer file={reading.data} name={`${name}.${ENDINGS[type]}`} claimedType={type} />
          </Suspense>
        )}
      </Modal>
    </div>
  )
}
