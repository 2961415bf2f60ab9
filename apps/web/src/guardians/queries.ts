import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const ownGuardians = queryOptions({
  queryKey: ['guardians'],
  queryFn: ({ signal }) => work.guardians.mine(undefined, { signal }),
})

export const ownWards = queryOptions({
  queryKey: ['wards'],
  queryFn: ({ signal }) => work.guardians.wards(undefined, { signal }),
})

export const ownInvitation = queryOptions({
  queryKey: ['guardian-invitation'],
  queryFn: () => work.guardians.invitation(undefined),
  staleTime: Number.POSITIVE_INFINITY,
})

export const candidateOf = (invitation: string) =>
  queryOptions({
    queryKey: ['guardian-candidate', invitation],
    queryFn: ({ signal }) => work.guardians.find({ invitation }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
