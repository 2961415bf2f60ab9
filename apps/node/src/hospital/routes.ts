import * as contract from '@curo/contract/hospital'
import { openApiDocument } from '@curo/contract/openapi'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { dropLogo, readLogo, setLogo } from './logo.ts'
import { storedProfile } from './profile.ts'
import { saveProfile } from './saving.ts'
import { describeHospital, VERSION } from './service.ts'

export function hospitalHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.getHospital, () => describeHospital(node)),
    handle(contract.getHospitalProfile, () => storedProfile(node)),
    handle(contract.putHospitalProfile, ({ body, session }) => saveProfile(node, { session, ...body })),
    handle(contract.getHospitalLogo, ({ reply }) => readLogo(node, reply)),
    handle(contract.putHospitalLogo, ({ body, session }) => setLogo(node, session, body)),
    handle(contract.dropHospitalLogo, ({ session }) => dropLogo(node, session)),
    handle(contract.getOpenApi, async () =>
      openApiDocument({ version: VERSION, server: node.config.publicUrl ?? '/' }),
    ),
  ]
}
