import { getHospital, type HospitalInfo } from '@curo/contract/hospital'
import { CuroError } from '@curo/crypto/errors'
import { type Api, type Fetch, makeApi } from './api.ts'

/** A node and what it said of itself: its name and the keys by which everything it signs is checked. */
export type Connection = { readonly api: Api; readonly hospital: HospitalInfo }

/** What one remembers of a hospital after the first visit. */
export type PinnedHospital = Pick<HospitalInfo, 'origin' | 'nodeKey' | 'logKey'>

export type ConnectOptions = {
  node: string
  fetch?: Fetch | undefined
  /** What an earlier connection showed: another key is refused. */
  pinned?: PinnedHospital | undefined
  /** For a page that the node itself serves: its session is a cookie that no script can read. */
  byCookie?: boolean | undefined
}

/**
 * Asks a node who it is.
 * @throws CuroError 'unavailable'; 'bad-key' when the node is not the one that was pinned
 */
export async function connect({ node, fetch, pinned, byCookie }: ConnectOptions): Promise<Connection> {
  const api = makeApi({ node, fetch, byCookie })
  const hospital = await api.call(getHospital, {})
  if (pinned) checkPinned(hospital, pinned)
  return { api, hospital }
}

function checkPinned(hospital: HospitalInfo, pinned: PinnedHospital): void {
  const same =
    hospital.origin === pinned.origin &&
    hospital.nodeKey === pinned.nodeKey &&
    hospital.logKey === pinned.logKey
  if (!same)
    throw new CuroError(
      'bad-key',
      'This is not the hospital that answered here before, or its keys were exchanged. Ask the hospital before you go on.',
      { details: { origin: hospital.origin, expected: pinned.origin } },
    )
}
