import '@mantine/core/styles/Kbd.layer.css'
import { Button, Kbd, Modal, Table } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconKeyboard } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../app/words.ts'
import classes from './Shortcuts.module.css'

/**
 * Every shortcut of the doctor's path. Each has a modifier: a letter alone would be pressed by whoever dictates, or
 * rests a hand on the keyboard (WCAG 2.1.4). Digits have the names of the physical keys (`KeyboardEvent.code`).
 */
const SHORTCUTS = {
  scan: 'alt+S',
  write: 'alt+W',
  summary: 'alt+Digit1',
  timeline: 'alt+Digit2',
  trends: 'alt+Digit3',
  upload: 'alt+U',
  diagnosis: 'alt+D',
  medicine: 'alt+M',
  save: 'mod+S',
  review: 'mod+Enter',
  shortcuts: 'alt+K',
} as const

export type Shortcut = keyof typeof SHORTCUTS

/** Does it while the page is shown, also from within a field. */
export function useShortcut(shortcut: Shortcut, run: () => void): void {
  useHotkeys([[SHORTCUTS[shortcut], run, { usePhysicalKeys: true, preventDefault: true }]], [])
}

const written = (keys: string) =>
  keys
    .replace('mod', /Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl')
    .replace('alt', 'Alt')
    .replace('Digit', '')
    .split('+')

/** Shows what the keyboard can do. */
export function ShortcutsButton() {
  const { t } = useWords('doctor')
  const [isOpen, setOpen] = useState(false)
  useShortcut('shortcuts', () => setOpen(true))
  return (
    <>
      <Button
        className={classes.button ?? ''}
        variant="subtle"
        color="gray"
        leftSection={<IconKeyboard size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('shortcuts.title')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('shortcuts.title')}
        closeButtonProps={{ 'aria-label': t('shortcuts.close') }}
      >
        <Table>
          <Table.Tbody>
            {(Object.keys(SHORTCUTS) as Shortcut[]).map((shortcut) => (
              <Table.Tr key={shortcut}>
                <Table.Td>{t(`shortcuts.${shortcut}`)}</Table.Td>
                <Table.Td>
                  {written(SHORTCUTS[shortcut]).map((key, at) => (
                    <span key={key}>
                      {at > 0 && ' + '}
                      <Kbd>{key}</Kbd>
                    </span>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  )
}
