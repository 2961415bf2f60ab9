/** Signs that no text has by itself (private use), around what stands out. */
const OPEN = '\ue000'
const CLOSE = '\ue001'

/** A value of a sentence that shall stand out: `t('asks', { doctor: strong(name) })`, shown by RichText. */
export const strong = (value: string): string => `${OPEN}${value.replace(/[\ue000\ue001]/g, '')}${CLOSE}`

/** A translated sentence whose marked values are emphasized, wherever the language puts them. */
export function RichText({ children }: { children: string }) {
  const [before = '', ...rest] = children.split(OPEN)
  return (
    <>
      {before}
      {rest.map((part, index) => {
        const [marked = '', after = ''] = part.split(CLOSE)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence
          <span key={index}>
            <strong>{marked}</strong>
            {after}
          </span>
        )
      })}
    </>
  )
}
