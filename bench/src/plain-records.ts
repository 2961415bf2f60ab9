import { once } from 'node:events'
import { createServer } from 'node:http'
import { observation } from './clinic.ts'

/** The same records without any of it: one answer of plain JSON from a bare HTTP server, in this process. */
export async function servePlain(count: number): Promise<{ url: string; close(): void }> {
  const records = Array.from({ length: count }, (_, at) => observation(at, 'plain').content)
  const body = `[${records.map((content) => new TextDecoder().decode(content)).join(',')}]`
  const headers = {
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  }
  const server = createServer((_, answer) => answer.writeHead(200, headers).end(body)).listen(0, '127.0.0.1')
  server.keepAliveTimeout = 60_000
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
