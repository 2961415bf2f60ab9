import type { Role } from '@curo/contract/route'
import { useEffect, useState } from 'react'
import { useWords } from '../app/words.ts'
import classes from './DemoPeople.module.css'

type DemoPerson = { role: Role; name: string; contact: string; password: string; speciality?: string }

async function fetchDemoPeople(): Promise<DemoPerson[]> {
  const response = await fetch('/demo-people.json', { credentials: 'omit' })
  return response.ok ? response.json() : []
}

/** A demo's people to click, so that a newcomer needs no manual. The node only tells them when it is a demo. */
export default function DemoPeople({
  busy,
  onChoose,
}: {
  busy: boolean
  onChoose: (person: { contact: string; password: string }) => void
}) {
  const { t } = useWords('accounts')
  const { t: tApp } = useWords('app')
  const [people, setPeople] = useState<DemoPerson[]>([])
  useEffect(() => void fetchDemoPeople().then(setPeople, () => {}), [])
  if (people.length === 0) return null
  return (
    <section aria-labelledby="demo-people">
      <h2 id="demo-people" className={classes.title}>
        {t('demo.title')}
      </h2>
      <p className={classes.hint}>{t('demo.hint')}</p>
      <ul className={classes.people}>
        {people.map(({ contact, password, name, role, speciality }) => (
          <li key={contact}>
            <button
              type="button"
              className={classes.person}
              disabled={busy}
              onClick={() => onChoose({ contact, password })}
            >
              <span className={classes.name}>{name}</span>
              <span className={classes.what}>
                {tApp(`roles.${role}`)}
                {speciality ? ` · ${speciality}` : ''}
              </span>
              <span className={classes.contact}>{contact}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
