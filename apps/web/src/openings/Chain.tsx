import { Text } from '@mantine/core'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './Chain.module.css'
import { type DrawnLine, drawnLines } from './history-steps.ts'
import type { HistoryChecked } from './work-patient.ts'

/** So many links are drawn; of a longer chain the newest, and all that are broken. */
const DRAWN = 160

/** Her history as a chain, one link for each line of the ledger; a broken link shows. */
export function Chain({ checked }: { checked: HistoryChecked }) {
  const { t } = useWords('openings')
  const lines = drawnLines(checked)
  const shown = lines.filter((line, index) => line.state === 'bad' || index >= lines.length - DRAWN)
  return (
    <figure className={classes.figure}>
      <figcaption>
        <Text size="sm" c="dimmed">
          {shown.length < lines.length
            ? t('check.chainPart', { shown: shown.length, count: lines.length })
            : t('check.chain')}
        </Text>
      </figcaption>
      <ol className={classes.chain}>
        {shown.map((line) => (
          <Link key={`${line.epoch}/${line.counter}`} line={line} />
        ))}
      </ol>
    </figure>
  )
}

function Link({ line }: { line: DrawnLine }) {
  const { t } = useWords('openings')
  const format = useFormat()
  const { state, kind, at, fault } = line
  const counter = line.counter + 1
  const words =
    fault !== undefined
      ? t('check.lineBad', { counter, fault: t(`check.faults.${fault}`) })
      : kind === null || at === null
        ? t('check.lineUnopened', { counter })
        : t('check.line', { counter, kind: sayKind(kind, t), when: format.date(at) })
  return (
    <li className={classes.link} data-state={state} data-kind={kind ?? undefined} title={words}>
      <span className="visually-hidden">{words}</span>
    </li>
  )
}

type Kind = keyof typeof import('./locales/en.ts').default.check.kinds
function sayKind(kind: string, t: ReturnType<typeof useWords<'openings'>>['t']): string {
  return t(`check.kinds.${kind as Kind}`)
}
