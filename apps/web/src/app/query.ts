import { isCuroError } from '@curo/crypto/errors'
import { QueryClient } from '@tanstack/react-query'

/** The client retries what can be repeated itself, so a query is not asked again on failure. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && !isCuroError(error),
      staleTime: 15_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
