import { Checkbox, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './FileViewer.module.css'

const SHOWN_BYTES = 500_000

/** Text in the encoding its mark or its bytes tell; never throws. */
export function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined
  if (marked) return new TextDecoder(marked).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** JSON that is one line is set out; everything else stays as it is. */
function laidOut(text: string, isWhole: boolean): string {
  const start = text.trimStart()
  if (!isWhole || !/^[[{]/.test(start) || start.includes('\n')) return text
  try {
    return JSON.stringify(JSON.parse(start), null, 2)
  } catch {
    return text
  }
}

export function PlainTextViewer({ file, name }: { file: Blob; name: string }) {
  const { t } = useRecordWords()
  const [text, setText] = useState<string>()
  const [isWrapped, setWrapped] = useState(true)
  const isWhole = file.size <= SHOWN_BYTES
  useEffect(() => {
    let isGone = false
    void file
      .slice(0, SHOWN_BYTES)
      .arrayBuffer()
      .then((bytes) => {
        if (!isGone) setText(laidOut(decodeText(new Uint8Array(bytes)), isWhole))
      })
    return () => {
      isGone = true
    }
  }, [file, isWhole])
  return (
    <>
      <div className={classes.tools}>
        <Checkbox
          label={t('file.wrap')}
          checked={isWrapped}
          onChange={(event) => setWrapped(event.currentTarget.checked)}
        />
      </div>
      <pre
        className={classes.text}
        data-wrapped={isWrapped}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls or takes keys must be reached by them
        tabIndex={0}
        role="document"
        aria-label={t('file.text', { name })}
      >
        {text ?? ''}
      </pre>
      {!isWhole && (
        <Text size="sm" c="dimmed" className={classes.message ?? ''}>
          {t('file.cutText')}
        </Text>
      )}
    </>
  )
}
