import * as accounts from './accounts.ts'
import * as approvals from './approvals.ts'
import * as audit from './audit.ts'
import * as cards from './cards.ts'
import * as consent from './consent.ts'
import * as drafts from './drafts.ts'
import * as emergencies from './emergencies.ts'
import * as guardians from './guardians.ts'
import * as hospital from './hospital.ts'
import * as ledger from './ledger.ts'
import * as network from './network.ts'
import * as openings from './openings.ts'
import * as papers from './papers.ts'
import * as passkeys from './passkeys.ts'
import * as patients from './patients.ts'
import * as push from './push.ts'
import * as records from './records.ts'
import * as recoveries from './recoveries.ts'
import type { RouteDefinition } from './route.ts'
import * as secondFactors from './second-factors.ts'
import * as settings from './settings.ts'
import * as vault from './vault.ts'

const domains = {
  hospital,
  accounts,
  approvals,
  recoveries,
  secondFactors,
  passkeys,
  guardians,
  push,
  patients,
  papers,
  cards,
  vault,
  records,
  openings,
  consent,
  emergencies,
  drafts,
  settings,
  ledger,
  network,
  audit,
}

function isRoute(value: unknown): value is RouteDefinition {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
  )
}

/** Every route of the API with the domain it belongs to. */
export const ROUTES: readonly { domain: string; route: RouteDefinition }[] = Object.entries(domains).flatMap(
  ([domain, members]) =>
    Object.values(members)
      .filter(isRoute)
      .map((route) => ({ domain, route })),
)
