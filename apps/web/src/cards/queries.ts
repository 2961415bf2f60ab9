import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const ownCard = queryOptions({
  queryKey: ['cards', 'own'],
  queryFn: ({ signal }) => work.cards.ownCard(undefined, { signal }),
})
