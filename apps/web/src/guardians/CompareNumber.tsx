import { useWords } from '../app/words.ts'
import classes from './CompareNumber.module.css'

/** The twenty digits that owner and guardian must both see, in groups that can be read out. */
export function CompareNumber({ number }: { number: string }) {
  const { t } = useWords('guardians')
  const groups = number.replace(/\D/g, '').match(/.{1,5}/g) ?? []
  return (
    <output className={classes.number} aria-label={t('number')}>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike
        <span key={at}>{group}</span>
      ))}
    </output>
  )
}
