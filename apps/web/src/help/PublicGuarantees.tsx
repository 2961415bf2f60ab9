import { Anchor, Stack } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { PublicFrame } from '../app/PublicFrame.tsx'
import { useWords } from '../app/words.ts'
import classes from './Guarantees.module.css'
import { Guarantees } from './Guarantees.tsx'

/** For whoever asks before signing in. */
export function PublicGuarantees() {
  const { t } = useWords('app')
  return (
    <PublicFrame width="reading">
      <Stack>
        <Anchor href="/" className={classes.back ?? ''}>
          <IconArrowLeft size={18} aria-hidden /> {t('actions.back')}
        </Anchor>
        <Guarantees />
      </Stack>
    </PublicFrame>
  )
}
