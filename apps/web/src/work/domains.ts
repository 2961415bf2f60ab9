import * as accounts from '../accounts/work.ts'

/**
 * What the page may ask the key Worker: each exported function of a domain's work module, loaded inside the Worker when
 * it is first called. The page only ever sees the types.
 */
export const DOMAINS = {
  /** Needed at once, and so part of the Worker’s first file. */
  accounts: async () => accounts,
  approvals: () => import('../approvals/work.ts'),
  activation: () => import('../accounts/work-activation.ts'),
  settings: () => import('../accounts/work-settings.ts'),
  secondFactors: () => import('../second-factors/work.ts'),
  passkeys: () => import('../passkeys/work.ts'),
  recoveries: () => import('../recoveries/work.ts'),
  guardians: () => import('../guardians/work.ts'),
  push: () => import('../push/work.ts'),
  patients: () => import('../patients/work.ts'),
  papers: () => import('../papers/work.ts'),
  cards: () => import('../cards/work.ts'),
  records: () => import('../records/work.ts'),
  consent: () => import('../consent/work.ts'),
  openings: () => import('../openings/work.ts'),
  ledger: () => import('../ledger/work.ts'),
  vault: () => import('../vault/work.ts'),
  visits: () => import('../visits/work.ts'),
  emergencies: () => import('../emergencies/work.ts'),
  consultations: () => import('../consultations/work.ts'),
  hospital: () => import('../hospital/work.ts'),
  audit: () => import('../audit/work.ts'),
  demo: () => import('../demo/work.ts'),
}

export type Domains = { [D in keyof typeof DOMAINS]: Awaited<ReturnType<(typeof DOMAINS)[D]>> }
