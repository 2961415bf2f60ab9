/** As packages/client/accounts.ts, which would bring the whole contract with it; a test compares them. */
export const SHORTEST_PASSWORD = 10
