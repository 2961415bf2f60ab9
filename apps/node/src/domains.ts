import { accountHandlers } from './accounts/routes.ts'
import { accountJobs } from './accounts/service.ts'
import { approvalHandlers } from './approvals/routes.ts'
import { auditJobs } from './audit/jobs.ts'
import { auditHandlers } from './audit/routes.ts'
import { cardHandlers } from './cards/routes.ts'
import { consentHandlers } from './consent/routes.ts'
import type { NodeContext } from './context.ts'
import { draftHandlers } from './drafts/routes.ts'
import { draftJobs } from './drafts/service.ts'
import { emergencyHandlers } from './emergencies/routes.ts'
import { guardianHandlers } from './guardians/routes.ts'
import { hospitalHandlers } from './hospital/routes.ts'
import type { Handler } from './http.ts'
import type { JobList } from './jobs.ts'
import { linkJobs } from './ledger/links.ts'
import { ledgerHandlers } from './ledger/routes.ts'
import { startSequencing } from './ledger/service.ts'
import { messageJobs } from './messages/delivery.ts'
import { networkHandlers } from './network/routes.ts'
import { networkJobs } from './network/service.ts'
import { openingsHandlers } from './openings/routes.ts'
import { paperHandlers } from './papers/routes.ts'
import { passkeyHandlers } from './passkeys/routes.ts'
import { patientHandlers } from './patients/routes.ts'
import { pushHandlers } from './push/routes.ts'
import { pushJobs } from './push/sending.ts'
import { recordsHandlers } from './records/routes.ts'
import { recoveryJobs } from './recoveries/jobs.ts'
import { recoveryHandlers } from './recoveries/routes.ts'
import { secondFactorJobs } from './second-factors/jobs.ts'
import { secondFactorHandlers } from './second-factors/routes.ts'
import { settingsHandlers } from './settings/routes.ts'
import { vaultJobs } from './vault/jobs.ts'
import { vaultHandlers } from './vault/routes.ts'

/** What a domain brings: routes, background jobs, and what must run beside them while the node does. */
export type Domain = {
  readonly handlers?: (node: NodeContext) => Handler[]
  readonly jobs?: (node: NodeContext) => JobList
  readonly background?: (node: NodeContext) => Promise<{ stop(): Promise<void> }>
}

/** Every domain, once. */
export const DOMAINS: readonly Domain[] = [
  { handlers: hospitalHandlers },
  { handlers: accountHandlers, jobs: accountJobs },
  { handlers: recoveryHandlers, jobs: recoveryJobs },
  { handlers: secondFactorHandlers, jobs: secondFactorJobs },
  { handlers: approvalHandlers },
  { handlers: passkeyHandlers },
  { handlers: guardianHandlers },
  { handlers: pushHandlers, jobs: (node) => pushJobs(node) },
  { handlers: patientHandlers },
  { handlers: paperHandlers },
  { handlers: cardHandlers },
  { handlers: vaultHandlers, jobs: vaultJobs },
  { handlers: recordsHandlers },
  { handlers: openingsHandlers },
  { handlers: consentHandlers },
  { handlers: emergencyHandlers },
  { handlers: draftHandlers, jobs: draftJobs },
  { handlers: settingsHandlers },
  { handlers: ledgerHandlers, jobs: linkJobs, background: startSequencing },
  { handlers: networkHandlers, jobs: networkJobs },
  { jobs: messageJobs },
  { handlers: auditHandlers, jobs: auditJobs },
]
