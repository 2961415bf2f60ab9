import { useAccount } from '../accounts/session.ts'
import { useHospital } from '../app/hospital.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { ProblemList } from '../audit/ProblemList.tsx'
import { SetUp } from './SetUp.tsx'
import { LedgerTile, StorageTile, Tiles, WaitingTile } from './Tiles.tsx'

/** What needs an administrator, and whether everything is well. */
export function Home() {
  const { t } = useWords('admin')
  const { name } = useAccount()
  const { data: hospital } = useHospital()
  return (
    <Page title={t('home.greeting', { name })}>
      {hospital && (!hospital.configured || hospital.training) && <SetUp hospital={hospital} />}
      <ProblemList />
      <Tiles>
        <WaitingTile />
        <LedgerTile area="/admin" />
        <StorageTile area="/admin" />
      </Tiles>
    </Page>
  )
}
