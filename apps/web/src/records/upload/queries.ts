import { queryOptions } from '@tanstack/react-query'
import { work } from '../../work/work.ts'
import { addBegun } from './upload-queue.ts'

/** Uploads of earlier visits and other windows join the queue; looked at again while one is under way elsewhere. */
export const begunUploads = queryOptions({
  queryKey: ['records', 'begun-uploads'],
  queryFn: async () => {
    const begun = await work.records.begunUploads()
    addBegun(begun)
    return begun
  },
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.some(({ isElsewhere }) => isElsewhere) ? 5_000 : false),
})
