import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { fileOf } from '@curo/client/files'
import { equalBytes, utf8Text } from '@curo/crypto/bytes'
import type { CuroError } from '@curo/crypto/errors'
import { must } from './step-table.ts'

/** What each record must open to: small content as it is, a file by its hash, a DocumentReference by the file it names. */
export type Expected = Map<
  string,
  { kind: string } & ({ content: Uint8Array } | { sha256: Uint8Array } | { describes: string })
>

type Content = { record: string; content: Uint8Array | null; read(): AsyncIterable<Uint8Array> }
type Opened = (Content & { fault?: undefined }) | { record: string; fault: CuroError }

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const hash = createHash('sha256')
  for await (const piece of bytes) hash.update(piece)
  return hash.digest()
}

export const hashOfFile = (path: string) => hashOf(createReadStream(path))

/** Compares everything opened with what was sealed, byte for byte; each record once, none missing. */
export async function compareAll(
  opened: AsyncIterable<Opened> | Iterable<Opened>,
  expected: Expected,
): Promise<number> {
  const left = new Set(expected.keys())
  for await (const one of opened) {
    must(!one.fault, `The record ${one.record} did not open: ${one.fault?.code} ${one.fault?.message}`)
    must(left.delete(one.record), `The record ${one.record} was not expected, or came twice.`)
    await compareOne(one as Content, expected)
  }
  must(left.size === 0, `${left.size} records did not come back.`)
  return expected.size
}

async function* piecesOf({ content, read }: Content): AsyncGenerator<Uint8Array> {
  if (content) yield content
  else yield* read()
}

async function wholeOf(opened: Content): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(opened)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function compareOne(opened: Content, expected: Expected): Promise<void> {
  const was = expected.get(opened.record)
  must(was, 'An unknown record was opened.')
  const what = `The ${was.kind} ${opened.record}`
  if ('content' in was)
    must(equalBytes(await wholeOf(opened), was.content), `${what} is not byte for byte what was sealed.`)
  else if ('sha256' in was)
    must(equalBytes(await hashOf(piecesOf(opened)), was.sha256), `${what} is not what was sealed.`)
  else {
    const reference: unknown = JSON.parse(utf8Text(await wholeOf(opened)))
    must(fileOf(reference) === was.describes, `${what} does not name its file.`)
  }
}
