import { listAccounts } from '@curo/client/accounts'
import { DEMO_WORKERS } from '@curo/client/demo/workers'
import type { Person } from '@curo/client/person'
import type { DemoPlan, KeptDemo } from './kept-demo.ts'

export type InventedWorker = {
  name: string
  role: 'doctor' | 'staff' | 'auditor'
  contact: string
  speciality: string | undefined
  /** Registered, and not approved. */
  isWaiting: boolean
  /** Instant of her registration. */
  since: string
}

/** As many as one answer holds. */
const MOST_ACCOUNTS = 500

/** Those of the invented doctors, clerks and auditors who have registered here, in the order of their numbers. */
export async function inventedWorkers(admin: Person, signal: AbortSignal): Promise<InventedWorker[]> {
  const { accounts } = await listAccounts(admin, { limit: MOST_ACCOUNTS }, { signal })
  const registered = new Map(accounts.map((account) => [account.contact, account]))
  return DEMO_WORKERS.flatMap(({ name, role, contact, profession }) => {
    const account = registered.get(contact)
    if (!account) return []
    const { status, createdAt } = account
    return [
      {
        name,
        role,
        contact,
        speciality: profession?.speciality,
        isWaiting: status === 'pending',
        since: createdAt,
      },
    ]
  })
}

export type KeptPatient = {
  name: string
  birthDate: string
  phone: string
  /** What the QR code of her card says. */
  card: string
  recoveryCode: string
}

/** Everybody whose card lies here. */
export async function listCards(given: {
  kept: KeptDemo
  plan: DemoPlan
  workers: readonly InventedWorker[]
}): Promise<KeptPatient[]> {
  const { kept, plan, workers } = given
  const desk = workers.find(({ role }) => role === 'staff')
  if (!desk) return []
  const [{ demoDay }, { demoMembers }, { fullName, nameAtDesk }] = await Promise.all([
    import('@curo/client/demo/fill'),
    import('@curo/fhir/demo/members'),
    import('@curo/fhir/demo/people/person'),
  ])
  const cards = new Map((await kept.cards()).map((card) => [card.key, card]))
  const members = demoMembers(plan.patients, { today: demoDay(desk.since), seed: plan.seed })
  return members.flatMap(({ person }) => {
    const kept = cards.get(person.key)
    if (!kept) return []
    const { card, recoveryCode } = kept
    const { birthDate, phone } = person
    return [{ name: fullName(nameAtDesk(person)), birthDate, phone, card, recoveryCode }]
  })
}
