import { createPortal } from 'react-dom'
import { useFormat } from '../app/format.ts'
import { useHospital } from '../app/hospital.ts'
import { useWords } from '../app/words.ts'
import classes from './KitSheet.module.css'

type KitSheetProps = { name: string; recoveryCode: string; madeAt: Date }

/** The paper: on the screen it is not there, in print there is nothing else. */
export function KitSheet({ name, recoveryCode, madeAt }: KitSheetProps) {
  const { t } = useWords('recoveries')
  const format = useFormat()
  const { data: hospital } = useHospital()
  return createPortal(
    <article className={classes.sheet} aria-hidden>
      <header className={classes.head}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <div>
          <strong>{t('sheet.title')}</strong>
          <div>{hospital?.name}</div>
        </div>
      </header>
      <dl className={classes.facts}>
        <dt>{t('sheet.name')}</dt>
        <dd>{name}</dd>
        <dt>{t('sheet.made')}</dt>
        <dd>{format.date(madeAt, 'long')}</dd>
        <dt>{t('sheet.address')}</dt>
        <dd>{`${location.host}/recover`}</dd>
      </dl>
      <div className={classes.code}>
        {recoveryCode.split('-').map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike
          <span key={at}>{group}</span>
        ))}
      </div>
      <ol>
        <li>{t('sheet.keep')}</li>
        <li>{t('sheet.use')}</li>
        <li>{t('sheet.secret')}</li>
        <li>{t('sheet.lost')}</li>
      </ol>
    </article>,
    document.body,
  )
}
