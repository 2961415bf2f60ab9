import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trouble } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { ownCard } from '../cards/queries.ts'
import { work } from '../work/work.ts'
import { startTakeOver } from './take-over.ts'

/** Makes a new card in the app; earlier records follow it while she looks at it. */
export function NewCard() {
  const { t } = useWords('patient')
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: () => work.cards.makeNewCard(undefined),
    onSuccess: async () => {
      startTakeOver()
      await queries.invalidateQueries({ queryKey: ownCard.queryKey })
    },
  })
  return (
    <>
      {make.error && <Trouble error={make.error} />}
      <Group>
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t('card.makeNew')}
        </Button>
      </Group>
    </>
  )
}
