import * as contract from '@curo/contract/vault'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import type { Session } from '../sessions.ts'
import { ownUploads } from './own-uploads.ts'
import { dropUpload, putPart, startUpload, uploadState } from './uploads.ts'

/** How much somebody may have under way depends on what she is. */
const uploader = ({ account }: Session) => ({
  account: account.id,
  mostBytes: contract.UNFINISHED_BYTES[account.role === 'doctor' ? 'doctor' : 'patient'],
})

export function vaultHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.startUpload, ({ body, session }) =>
      startUpload(node, { ...uploader(session), sealedSize: body.sealedSize }),
    ),
    handle(contract.listUploads, ({ session }) => ownUploads(node, uploader(session))),
    handle(contract.getUpload, ({ params, session }) =>
      uploadState(node, { account: session.account.id, upload: params.upload }),
    ),
    handle(contract.putUploadPart, async ({ params, body, session }) => {
      await putPart(node, {
        account: session.account.id,
        upload: params.upload,
        part: params.part,
        bytes: body,
      })
      return { part: params.part, bytes: body.length }
    }),
    handle(contract.dropUpload, ({ params, session }) =>
      dropUpload(node, { account: session.account.id, upload: params.upload }),
    ),
  ]
}
