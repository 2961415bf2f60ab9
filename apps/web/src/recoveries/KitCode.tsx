import { Button, Group, Stack } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../app/words.ts'
import classes from './KitCode.module.css'
import { KitSheet } from './KitSheet.tsx'

/** The code of a new kit, shown once, and the paper it belongs on. */
export function KitCode({ name, recoveryCode }: { name: string; recoveryCode: string }) {
  const { t } = useWords('recoveries')
  const [madeAt] = useState(() => new Date())
  return (
    <Stack>
      <output className={classes.code} aria-label={t('code.label')}>
        {recoveryCode.split('-').map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike
          <span key={at}>{group}</span>
        ))}
      </output>
      <Group>
        <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => print()}>
          {t('code.print')}
        </Button>
      </Group>
      <KitSheet name={name} recoveryCode={recoveryCode} madeAt={madeAt} />
    </Stack>
  )
}
