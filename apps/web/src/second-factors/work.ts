import {
  confirmTotp,
  getSecondFactors,
  removeTotp,
  type SecondFactors,
  startTotp,
  type TotpEnrolment,
} from '@curo/client/second-factors'
import type { WorkCall, WorkContext } from '../work/context.ts'

export const mine = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<SecondFactors> =>
  getSecondFactors(context.person(), { signal })

/** What the app is given is shown once and kept nowhere. @throws CuroError 'conflict' when there is an app already */
export const start = (context: WorkContext, _: undefined, { signal }: WorkCall): Promise<TotpEnrolment> =>
  startTotp(context.person(), { signal })

/** @throws CuroError 'unauthorized' (wrong code), 'conflict' (begun anew elsewhere), 'rate-limited' */
export const confirm = (context: WorkContext, { code }: { code: string }): Promise<void> =>
  confirmTotp(context.person(), { code })

/** @throws CuroError 'unauthorized' (wrong or used code), 'rate-limited' */
export const remove = (context: WorkContext, { code }: { code: string }): Promise<void> =>
  removeTotp(context.person(), { code })
