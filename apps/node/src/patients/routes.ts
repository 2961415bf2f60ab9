import * as contract from '@curo/contract/patients'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { storeAttestation } from './attesting.ts'
import { authorPoint, publishNextKeys } from './publishing.ts'
import { registerNewPatient } from './registration.ts'
import { correctDemographics, findByWords, getOnePatient, getPublishedKeys } from './service.ts'

export function patientHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.registerPatient, ({ body, session }) => registerNewPatient(node, session, body)),
    handle(contract.attestPoints, ({ params, body, session }) =>
      storeAttestation(node, session, { patient: params.patient, attestation: body }),
    ),
    handle(contract.findPatients, ({ body }) => findByWords(node, body)),
    handle(contract.getPatient, ({ params, session }) => getOnePatient(node, session, params.patient)),
    handle(contract.updatePatient, ({ params, body, session }) =>
      correctDemographics(node, session, { patient: params.patient, ...body }),
    ),
    handle(contract.getPatientKeys, ({ params, session }) => getPublishedKeys(node, session, params.patient)),
    handle(contract.requestAuthorPoint, ({ params, session }) => authorPoint(node, session, params.patient)),
    handle(contract.publishPatientKeys, ({ params, body, session }) =>
      publishNextKeys(node, session, { patient: params.patient, keys: body.keys }),
    ),
  ]
}
