import type { Sent } from '@curo/client/counted-send'
import { addPaper, listPapers, type Paper, readPaper, removePaper } from '@curo/client/papers'
import { isCuroError } from '@curo/crypto/errors'
import { moved, type WorkCall, type WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export async function list(
  context: WorkContext,
  { patient }: { patient: string },
  { signal }: WorkCall,
): Promise<Paper[]> {
  return listPapers(context.person(), patient, { signal })
}

export async function add(
  context: WorkContext,
  { file, ...given }: { id: string; patient: string; kind: Paper['kind']; file: Blob },
  { signal, onProgress }: WorkCall<Sent>,
): Promise<Paper> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return addPaper(context.person(), { ...given, bytes }, { signal, onSent: onProgress })
}

/** One whose sending was stopped or broke off: it may have arrived all the same. */
export async function giveUp(
  context: WorkContext,
  { id }: { id: string },
  { signal }: WorkCall,
): Promise<void> {
  await removePaper(context.person(), id, { signal }).catch((error) => {
    if (!isCuroError(error, 'not-found')) throw error
  })
}

/** The bytes of one paper, checked to be what the list says. */
export async function read(
  context: WorkContext,
  paper: Pick<Paper, 'id' | 'type' | 'size'>,
  { signal }: WorkCall,
): Promise<Uint8Array> {
  const bytes = await readPaper(context.person(), paper, { signal })
  return moved(bytes, bytes.buffer as ArrayBuffer)
}

export async function remove(
  context: WorkContext,
  { paper }: { paper: string },
  { signal }: WorkCall,
): Promise<void> {
  await removePaper(context.person(), paper, { signal })
}
