import { Alert, Button, FileButton, Group, Input } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshHospital } from '../app/hospital.ts'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import classes from './LogoField.module.css'

/** The hospital's picture, saved at once. */
export function LogoField({ logo }: { logo: string | null }) {
  const { t } = useWords('hospital')
  const problem = useProblem()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: async (file: File | null) => {
      if (file) await work.hospital.setLogo({ file })
      else await work.hospital.dropLogo()
    },
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['hospital'] }), refreshHospital()]),
  })
  return (
    <Input.Wrapper label={t('logo.label')} description={t('logo.hint')} labelElement="div">
      <Group gap="sm" className={classes.row ?? ''}>
        {logo && <img className={classes.logo} src={`/v1/hospital/logo?v=${logo}`} alt={t('logo.label')} />}
        <FileButton accept="image/png,image/jpeg" onChange={(file) => file && saving.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={saving.isPending}
              leftSection={<IconPhoto size={18} aria-hidden />}
            >
              {t('logo.choose')}
            </Button>
          )}
        </FileButton>
        {logo && (
          <Button
            variant="default"
            leftSection={<IconTrash size={18} aria-hidden />}
            onClick={() => saving.mutate(null)}
          >
            {t('logo.remove')}
          </Button>
        )}
      </Group>
      {saving.isError && (
        <Alert color="red" role="alert">
          {problem(saving.error)}
        </Alert>
      )}
    </Input.Wrapper>
  )
}
