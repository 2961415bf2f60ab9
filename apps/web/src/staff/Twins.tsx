import { Alert, Anchor } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readContact } from '../accounts/contact.ts'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { fullName, type PatientFields } from '../patients/patient-form.ts'
import { work } from '../work/work.ts'
import classes from './Twins.module.css'

const DEBOUNCE_MS = 400
const MOST_SHOWN = 5

/** Who is registered already with this telephone, or with this name and birth date. */
export function Twins({ fields, callingCode }: { fields: PatientFields; callingCode: string }) {
  const { t } = useWords('patients')
  const format = useFormat()
  const phone = readContact(fields.phone, callingCode) ?? ''
  const name = [fields.given, fields.family]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
  const { birthDate } = fields
  const [asked] = useDebouncedValue(`${phone}\n${name}\n${birthDate}`, DEBOUNCE_MS)
  const { data = [] } = useQuery({
    queryKey: ['patients', 'twins', asked],
    queryFn: ({ signal }) => findTwins(asked, signal),
    enabled: asked !== '\n\n',
  })
  if (data.length === 0) return null
  return (
    <Alert color="yellow" role="status" icon={<IconUsers size={20} aria-hidden />} title={t('twins.title')}>
      {t('twins.text')}
      <ul className={classes.list}>
        {data.slice(0, MOST_SHOWN).map(({ id, demographics }) => (
          <li key={id}>
            <bdi>{fullName(demographics)}</bdi> · {format.date(demographics.birthDate)} ·{' '}
            <bdi>{demographics.phone ?? '—'}</bdi>{' '}
            <Anchor component={Link} to={`/staff/patients/${id}`}>
              {t('twins.open')}
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

async function findTwins(asked: string, signal: AbortSignal) {
  const [phone = '', name = '', birthDate = ''] = asked.split('\n')
  const pages = await Promise.all([
    phone ? work.patients.find({ search: phone, limit: MOST_SHOWN }, { signal }) : null,
    name && birthDate ? work.patients.find({ search: name, birthDate, limit: MOST_SHOWN }, { signal }) : null,
  ])
  const found = pages.flatMap((page) => page?.patients ?? [])
  return [...new Map(found.map((patient) => [patient.id, patient])).values()]
}
