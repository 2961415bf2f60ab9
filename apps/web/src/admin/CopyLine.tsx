import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'
import classes from './CopyLine.module.css'

/** A line to be copied as it is: an address, a command. */
export function CopyLine({ text }: { text: string }) {
  const { t } = useWords('admin')
  return (
    <div className={classes.line}>
      <code translate="no">{text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-md"
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={copy}
          >
            {t(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
