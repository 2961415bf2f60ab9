import { Text } from '@mantine/core'
import { IconAmbulance, IconArrowBackUp, IconEye } from '@tabler/icons-react'
import { useFormat } from '../app/format.ts'
import classes from './LastLooks.module.css'
import { useNames } from './LookDays.tsx'
import { useWhat } from './LookLine.tsx'
import type { LookSeen } from './work-patient.ts'

const SHOWN = 3

/** The newest looks in a line each. */
export function LastLooks({ looks }: { looks: readonly LookSeen[] }) {
  return (
    <ul className={classes.list}>
      {looks.slice(0, SHOWN).map((look) => (
        <li key={look.id}>
          <LastLook look={look} />
        </li>
      ))}
    </ul>
  )
}

function LastLook({ look }: { look: LookSeen }) {
  const format = useFormat()
  const Icon = look.emergency ? IconAmbulance : look.what === 'given-back' ? IconArrowBackUp : IconEye
  return (
    <div className={classes.look}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <div>
        <Text>
          <strong>{useNames(look.by)}</strong> {useWhat(look)}
        </Text>
        <Text size="sm" c="dimmed">
          <time dateTime={look.at}>{format.relative(look.at)}</time>
        </Text>
      </div>
    </div>
  )
}
