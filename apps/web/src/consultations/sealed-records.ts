import { importId } from '@curo/client/importing'
import type { RecordToSeal } from '@curo/client/records'
import type { Sealing } from '@curo/client/sealing'
import { utf8Bytes } from '@curo/crypto/bytes'
import type { ConsultationRecord } from '@curo/fhir/consultation'
import { occurredOn, stubOf } from '@curo/fhir/stub'
import type { TimelineSource } from '@curo/fhir/timeline'

export type Sealable = { record: Omit<RecordToSeal, 'id'>; source: TimelineSource }

/** What a signed resource is sealed as, and how the chart that is open shows it at once. */
export function toSeal(
  sealing: Sealing,
  { resource, category }: ConsultationRecord,
  signed: string,
): Sealable {
  const content = utf8Bytes(JSON.stringify(resource))
  const occurred = occurredOn(resource) ?? signed.slice(0, 10)
  const kind = resource.resourceType
  const stub = stubOf(resource, { category })
  const { account } = sealing.person
  return {
    record: { category, kind, occurred, content, stub },
    source: {
      ...{ record: importId(sealing, content), category, kind, occurred, stub, resource },
      created: new Date(signed).toISOString(),
      author: { id: account.id, name: account.name },
    },
  }
}
