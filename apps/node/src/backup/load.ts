import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { CuroError } from '@curo/crypto/errors'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const COPY = /^(COPY .* FROM stdin);\n$/
const END_OF_ROWS = '\\.\n'
const NEWLINE = 0x0a
/** Rows are handed on in pieces of about this size. */
const PIECE_BYTES = 256 * 1024

/**
 * Restores what dumpDatabaseSql wrote into an empty database, whole or not at all.
 * @throws CuroError 'conflict' when the database is not empty, 'truncated' when the file was cut off
 */
export async function loadDatabaseSql(pool: pg.Pool, file: string): Promise<void> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(
      "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1",
    )
    if (rows.length > 0) throw new CuroError('conflict', 'The database is not empty: restore into a new one.')
    await client.query('SET statement_timeout = 0')
    const lines = linesOf(file)
    let statements = ''
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const line = next.value.toString('utf8')
      const copy = COPY.exec(line)?.[1]
      if (copy === undefined) {
        statements += line
        continue
      }
      await client.query(statements)
      statements = ''
      await copyRows(client, copy, lines)
    }
    if (!statements.endsWith('\nCOMMIT;\n')) throw cutOff()
    await client.query(statements)
  } finally {
    // Whatever was not committed goes with the connection.
    client.release(true)
  }
}

async function copyRows(client: pg.PoolClient, copy: string, lines: AsyncIterator<Buffer>): Promise<void> {
  const into = client.query(copyFrom(copy))
  const failed = once(into, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => undefined)
  let piece: Buffer[] = []
  let bytes = 0
  const flush = async () => {
    if (bytes > 0 && !into.write(Buffer.concat(piece))) await Promise.race([once(into, 'drain'), failed])
    piece = []
    bytes = 0
  }
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done) {
      into.destroy()
      throw cutOff()
    }
    if (next.value.length === END_OF_ROWS.length && next.value.toString('latin1') === END_OF_ROWS) break
    piece.push(next.value)
    bytes += next.value.length
    if (bytes > PIECE_BYTES) await flush()
  }
  await flush()
  into.end()
  await Promise.race([once(into, 'finish'), failed])
}

/** Lines with their newline. Only a newline ends a line: rows may hold every other character that readline takes for one. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const chunk of createReadStream(file, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end + 1)])
      rest = []
      start = end + 1
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

function cutOff(): CuroError {
  return new CuroError('truncated', 'The dump of the database was cut off; take another backup.')
}
