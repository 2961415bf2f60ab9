import { addPaper, listPapers, type Paper, readPaper, removePaper } from '@curo/client/papers'
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
  { patient, kind, file }: { patient: string; kind: Paper['kind']; file: Blob },
  { signal }: WorkCall,
): Promise<Paper> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return addPaper(context.person(), { patient, kind, bytes }, { signal })
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
