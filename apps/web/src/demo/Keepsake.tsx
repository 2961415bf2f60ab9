import { Alert, Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { CopyLine } from '../admin/CopyLine.tsx'
import { useProblem } from '../app/problem.ts'
import { saveFile } from '../app/save-file.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './Demo.module.css'

/** The password of the invented people, and everything of theirs as a file. */
export function Keepsake({ password }: { password: string }) {
  const { t } = useWords('demo')
  const problem = useProblem()
  const saving = useMutation({
    mutationFn: async () =>
      saveFile(await work.demo.keepsake(undefined), {
        name: 'invented-people.json',
        type: 'application/json',
      }),
  })
  return (
    <section className={classes.block} aria-labelledby="keepsake">
      <h2 id="keepsake">{t('keep.title')}</h2>
      <p>{t('keep.text')}</p>
      <CopyLine text={password} />
      <p>{t('keep.apps')}</p>
      {saving.error && (
        <Alert color="red" role="alert">
          {problem(saving.error)}
        </Alert>
      )}
      <Button
        variant="default"
        loading={saving.isPending}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => saving.mutate()}
      >
        {t('keep.save')}
      </Button>
    </section>
  )
}
