import { useAccount } from '../accounts/session.ts'
import { LedgerTile, StorageTile, Tiles } from '../admin/Tiles.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { ChallengeForm } from '../audit/ChallengeForm.tsx'
import { ProblemList } from '../audit/ProblemList.tsx'
import classes from './Home.module.css'

/** What a third party can check here, without a patient's data. */
export function Home() {
  const { t } = useWords('auditor')
  const { name } = useAccount()
  return (
    <Page title={t('home.greeting', { name })}>
      <p className={classes.about}>{t('home.about')}</p>
      <ProblemList />
      <Tiles>
        <LedgerTile area="/auditor" />
        <StorageTile area="/auditor" />
      </Tiles>
      <ChallengeForm />
    </Page>
  )
}
