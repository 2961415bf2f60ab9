import { Button, Text } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import classes from '../accounts/Devices.module.css'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { candidateOf } from './queries.ts'

/** Whose invitation it is, by name. */
export function CandidateLine({ invitation, onDrop }: { invitation: string; onDrop: () => void }) {
  const { t } = useWords('guardians')
  const candidate = useQuery(candidateOf(invitation))
  return (
    <li className={classes.device}>
      <IconUserCheck size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Loaded query={candidate} skeleton={[24]}>
          {({ name }) => <Text fw={600}>{name}</Text>}
        </Loaded>
      </div>
      <Button
        variant="default"
        aria-label={t('naming.dropNamed', { name: candidate.data?.name ?? '' })}
        onClick={onDrop}
      >
        {t('naming.drop')}
      </Button>
    </li>
  )
}
