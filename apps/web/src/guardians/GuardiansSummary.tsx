import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownGuardians } from './queries.ts'

/** In the settings: who they are, and the way to their page. */
export function GuardiansSummary() {
  const { t } = useWords('guardians')
  const format = useFormat()
  return (
    <Stack gap="sm">
      <Loaded query={useQuery(ownGuardians)} skeleton={[24]}>
        {({ since, guardians }) => (
          <Text>{since === null ? t('own.none') : format.list(guardians.map(({ name }) => name))}</Text>
        )}
      </Loaded>
      <Group>
        <Button variant="default" component={Link} to="/settings/guardians">
          {t('open')}
        </Button>
      </Group>
    </Stack>
  )
}
