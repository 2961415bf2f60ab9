import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useHospital } from './hospital.ts'
import { LANGUAGE_NAMES, LANGUAGES, setLanguage, useLanguage } from './language.ts'
import classes from './PublicFrame.module.css'
import { setScheme, useScheme } from './scheme.ts'
import { useWords } from './words.ts'

type PublicFrameProps = {
  children: ReactNode
  aside?: ReactNode
  /** `reading`: wider than a form. */
  width?: 'reading'
}

/** The frame of pages that need no session. Plain HTML: [Note: sign-in stands alone]. */
export function PublicFrame({ children, aside, width }: PublicFrameProps) {
  const { data: hospital } = useHospital()
  return (
    <div className={classes.frame}>
      <header className={classes.header}>
        <a href="/" className={classes.brand}>
          <img src="/icon.svg" alt="" width={32} height={32} />
          <span>{hospital?.name ?? 'Curo'}</span>
        </a>
        <div className={classes.tools}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
      </header>
      <main id="content" className={classes.main} data-width={width}>
        <div className={classes.form}>{children}</div>
        {aside && <div className={classes.aside}>{aside}</div>}
      </main>
    </div>
  )
}

/** The other languages, each by its own name. */
function LanguageSwitch() {
  const current = useLanguage()
  return LANGUAGES.filter((language) => language !== current).map((language) => (
    <button
      key={language}
      type="button"
      lang={language}
      className={classes.language}
      onClick={() => setLanguage(language)}
    >
      {LANGUAGE_NAMES[language]}
    </button>
  ))
}

function SchemeSwitch() {
  const { t } = useWords('app')
  const { shown } = useScheme()
  const other = shown === 'dark' ? 'light' : 'dark'
  const label = `${t('scheme.label')}: ${t(`scheme.${other}`)}`
  return (
    <button
      type="button"
      className={classes.scheme}
      aria-label={label}
      title={label}
      onClick={() => setScheme(other)}
    >
      {other === 'dark' ? <IconMoon size={20} aria-hidden /> : <IconSun size={20} aria-hidden />}
    </button>
  )
}
