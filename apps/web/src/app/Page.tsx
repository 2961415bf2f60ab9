import { type ReactNode, useEffect, useRef } from 'react'
import { useHospital } from './hospital.ts'
import classes from './Page.module.css'
import { useWords } from './words.ts'

type PageProps = {
  /** Heading and document title. */
  title: string
  /** The page's one primary action, beside the heading. */
  action?: ReactNode
  /** `reading`: one narrow column; `wide`: all there is. */
  width?: 'reading' | 'wide'
  /** Where on this page one is: the heading takes the focus again when it changes. */
  place?: string
  children?: ReactNode
}

/** What every screen begins with: its h1 takes the focus after a navigation, so that a screen reader says where one is. */
export function Page({ title, action, width = 'wide', place, children }: PageProps) {
  const { t } = useWords('app')
  const { data: hospital } = useHospital()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = t('title', { page: title, hospital: hospital?.name ?? 'Curo' })
  }, [t, title, hospital?.name])
  const lastPlace = useRef<string | undefined>(undefined)
  useEffect(() => {
    const isFirst = lastPlace.current === undefined
    if (!isFirst && lastPlace.current === place) return
    lastPlace.current = place ?? ''
    if (isFirst ? hasNavigated() : true) heading.current?.focus({ preventScroll: !isFirst })
  }, [place])
  return (
    <div className={classes.page} data-width={width}>
      <div className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {action}
      </div>
      {children}
    </div>
  )
}

let pages = 0

/** The very first page leaves the focus where the browser puts it. */
function hasNavigated(): boolean {
  pages += 1
  return pages > 1
}
