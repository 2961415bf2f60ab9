import { Button } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useState } from 'react'
import blocks from '../app/Blocks.module.css'
import { useWords } from '../app/words.ts'
import { AddPaper } from '../papers/AddPaper.tsx'
import { PaperList } from '../papers/PaperList.tsx'
import { RemovePaper } from '../papers/RemovePaper.tsx'
import classes from './PatientAtDesk.module.css'

/** What the patient signed, scanned at the desk. */
export function PapersAtDesk({ patient }: { patient: string }) {
  const { t } = useWords('papers')
  const [isAdding, setAdding] = useState(false)
  return (
    <section className={`${blocks.block} ${classes.block}`} aria-labelledby="desk-papers">
      <div className={classes.head}>
        <h2 id="desk-papers">{t('title')}</h2>
        <Button
          variant="default"
          leftSection={<IconScan size={18} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('add')}
        </Button>
      </div>
      <p className={classes.minor}>{t('about')}</p>
      <PaperList patient={patient} empty={t('none')} actions={(paper) => <RemovePaper paper={paper} />} />
      <p className={classes.minor}>{t('watched')}</p>
      {isAdding && <AddPaper patient={patient} onClose={() => setAdding(false)} />}
    </section>
  )
}
