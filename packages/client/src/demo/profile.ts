import { randomId } from '@curo/crypto/random'
import { DOCTORS } from '@curo/fhir/demo/people/staff'
import { getHospitalProfile, saveHospitalProfile } from '../hospital.ts'
import type { Person } from '../person.ts'

/** Departments and a letterhead, where nobody has saved any yet. The name stays the hospital's own. */
export async function describeDemoHospital(admin: Person): Promise<void> {
  const { profile, revision } = await getHospitalProfile(admin.api)
  if (revision > 0) return
  const facility = randomId()
  const names = [
    ...Object.values(DOCTORS).map(({ speciality }) => speciality),
    'Laboratory',
    'Pharmacy',
    'Billing',
  ]
  await saveHospitalProfile(admin, {
    revision,
    profile: {
      ...profile,
      facilities: [
        {
          id: facility,
          name: 'Main building',
          address: '1 Invented Road, Nashik 422001',
          phone: '+919000000000',
        },
        { id: randomId(), name: 'Clinic at the lake', address: '7 Lake View, Nashik 422005' },
      ],
      departments: names.map((name) => ({ id: randomId(), name, facility })),
      letterhead: {
        lines: ['1 Invented Road', 'Nashik 422001, Maharashtra'],
        phone: '+91 90000 00000',
        registrationNumber: 'DEMO-422001',
      },
      languages: ['en', 'hi'],
    },
  })
}
