import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useWords } from '../app/words.ts'
import { ScanCard, type ScanCardProps } from './ScanCard.tsx'

export type ScanCardDialogProps = ScanCardProps & { opened: boolean; onClose: () => void }

/** The scanner in a dialog, on telephones over the whole screen. Closing it lets go of the camera. */
export function ScanCardDialog({ opened, onClose, ...rest }: ScanCardDialogProps) {
  const { t } = useWords('cards')
  const { t: tApp } = useWords('app')
  const isPhone = useMediaQuery('(max-width: 48em)')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('scan.title')}
      size="lg"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': tApp('actions.close') }}
    >
      <ScanCard {...rest} />
    </Modal>
  )
}
