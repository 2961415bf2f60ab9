import { signIn } from '@curo/client/accounts'
import { findClinicians, verifyClinician } from '@curo/client/clinicians'
import { connect } from '@curo/client/connection'
import { DEFAULT_CATEGORIES, requestConsent } from '@curo/client/consent'
import { grantConsent } from '@curo/client/granting'
import type { PatientPerson, Person } from '@curo/client/person'
import { demoPeople } from '@curo/node/demo/people'

const DAY_MS = 86_400_000

/** One of the demo's people, signed in without a browser. */
async function signInto(address: string, name: string): Promise<Person> {
  const person = demoPeople().find((one) => one.name === name)
  if (!person) throw new Error(`The demo has no ${name}.`)
  return signIn(await connect({ node: address }), person)
}

/**
 * What stands between the demo's first patient and two doctors: one is allowed for a month and may open her chart
 * without the card, the other has asked and waits for an answer.
 */
export async function playConsentScenes(
  address: string,
  { patient, allowed, asking }: { patient: string; allowed: string; asking: string },
): Promise<void> {
  const owner = await signInto(address, patient)
  if (owner.account.patient === null || owner.keyring === null) throw new Error(`${patient} has no app.`)
  const { clinicians } = await findClinicians(owner, { search: allowed })
  const account = clinicians[0]?.id
  if (account === undefined) throw new Error(`${allowed} is not found.`)
  await grantConsent(owner as PatientPerson, {
    doctor: await verifyClinician(owner, { account }),
    scope: { categories: [...DEFAULT_CATEGORIES] },
    purpose: { code: 'CAREMGT', text: 'Care of heart and blood pressure' },
    use: 'standing',
    notAfter: new Date(Date.now() + 30 * DAY_MS),
  })
  await requestConsent(await signInto(address, asking), {
    patient: owner.account.patient,
    scope: { categories: ['summary', 'laboratory'] },
    purpose: { code: 'CAREMGT', text: 'Second opinion' },
    use: 'standing',
    notAfter: new Date(Date.now() + 7 * DAY_MS),
  })
}
