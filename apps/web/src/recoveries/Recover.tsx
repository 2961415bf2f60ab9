import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { IconFileText, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import classes from '../accounts/RoleChoice.module.css'
import { Loaded } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { AskGuardians } from './AskGuardians.tsx'
import { RecoverByKit } from './RecoverByKit.tsx'

/** A forgotten password: the printed kit, or the help of guardians, gives the account back. */
export function Recover() {
  const { t } = useWords('recoveries')
  const [way, setWay] = useState<'kit' | 'guardians'>()
  const request = useQuery({
    queryKey: ['own-guardian-request'],
    queryFn: () => work.recoveries.ownRequest(undefined),
  })
  return (
    <PublicFrame>
      <Page title={t('recover.title')}>
        <Loaded query={request} skeleton={[72, 72]}>
          {(kept) => {
            if (kept || way === 'guardians')
              return <AskGuardians kept={kept} onBack={() => setWay(undefined)} />
            return way === 'kit' ? (
              <RecoverByKit onBack={() => setWay(undefined)} />
            ) : (
              <Ways onChoose={setWay} />
            )
          }}
        </Loaded>
      </Page>
    </PublicFrame>
  )
}

function Ways({ onChoose }: { onChoose: (way: 'kit' | 'guardians') => void }) {
  const { t } = useWords('recoveries')
  return (
    <>
      <Text>{t('recover.text')}</Text>
      <div className={classes.roles}>
        {(
          [
            ['kit', IconFileText],
            ['guardians', IconUsers],
          ] as const
        ).map(([way, Icon]) => (
          <UnstyledButton key={way} className={classes.role ?? ''} onClick={() => onChoose(way)}>
            <Icon size={26} stroke={1.5} aria-hidden className={classes.icon} />
            <span className={classes.name}>{t(`recover.${way}`)}</span>
            <span className={classes.text}>{t(`recover.${way}Text`)}</span>
          </UnstyledButton>
        ))}
      </div>
      <Text c="dimmed">{t('recover.neither')}</Text>
      <Text>
        {t('recover.remembered')}{' '}
        <Anchor component={Link} to="/sign-in" underline="always">
          {t('recover.signIn')}
        </Anchor>
      </Text>
    </>
  )
}
