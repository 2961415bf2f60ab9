// One thread of the coder: see coder-threads.ts, which speaks the other end.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { isCuroError } from '@curo/crypto/errors'
import { encodePart, hashPieces, movedWith, rebuildPieces } from './coder.ts'
import type { CoderReply, CoderRequest } from './coder-threads.ts'
import { type ErasureCode, makeErasureCode } from './erasure.ts'
import type { CodeShape } from './stripes.ts'

function answer(
  code: ErasureCode,
  request: CoderRequest,
): { value: CoderReply['value']; moved: ArrayBuffer[] } {
  switch (request.work) {
    case 'encode': {
      const value = encodePart(code, request.content, request.parity)
      return { value, moved: movedWith(value.content, value.parity) }
    }
    case 'hash': {
      const { pieces, isParity } = request
      return {
        value: { pieces, hashes: hashPieces(pieces, isParity) },
        moved: movedWith(...pieces),
      }
    }
    case 'rebuild': {
      const value = rebuildPieces(code, request)
      return { value, moved: movedWith(...value) }
    }
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort
  const code = makeErasureCode(workerData as CodeShape)
  port.on('message', (request: CoderRequest & { id: number }) => {
    try {
      const { value, moved } = answer(code, request)
      port.postMessage({ id: request.id, value } satisfies CoderReply, moved)
    } catch (error) {
      const problem = isCuroError(error)
        ? { code: error.code, message: error.message }
        : { code: 'internal' as const, message: String(error) }
      port.postMessage({ id: request.id, problem } satisfies CoderReply)
    }
  })
}
