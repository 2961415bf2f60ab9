import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type FetchLike = (url: string, init: RequestInit) => Promise<Response>

const nameOf = (number: number, method: string, url: string) =>
  `${String(number).padStart(5, '0')}-${method}-${new URL(url).pathname.replace(/[^A-Za-z0-9]+/g, '-').slice(1, 80)}`

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array(0)
  return new Uint8Array(await new Response(body as ConstructorParameters<typeof Response>[0]).arrayBuffer())
}

/** Passes bytes on and appends them to a file, each before the next is asked for. */
function keepingIn(path: string): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(bytes, controller) {
      appendFileSync(path, bytes)
      controller.enqueue(bytes)
    },
  })
}

/**
 * A fetch that keeps every request and answer body in `folder`, as `NNNNN-METHOD-path.request` and `.answer`.
 * URLs are kept too, in `urls.txt`: nothing secret may stand in them either.
 */
export function makeRecordingFetch(folder: string): { fetch: FetchLike; count: () => number } {
  mkdirSync(folder, { recursive: true })
  let number = 0
  const fetchAndKeep: FetchLike = async (url, init) => {
    number += 1
    const name = join(folder, nameOf(number, init.method ?? 'GET', url))
    writeFileSync(join(folder, 'urls.txt'), `${init.method ?? 'GET'} ${url}\n`, { flag: 'a' })
    let sent = init
    if (init.body !== undefined && init.body !== null) {
      const body = await bytesOf(init.body)
      writeFileSync(`${name}.request`, body)
      const { duplex: _, ...rest } = init as RequestInit & { duplex?: string }
      sent = { ...rest, body: body as unknown as NonNullable<RequestInit['body']> }
    }
    const answer = await fetch(url, sent)
    // Kept while it is read: the content of a record may be larger than memory.
    const kept = answer.body?.pipeThrough(keepingIn(`${name}.answer`)) ?? null
    return new Response(kept, { status: answer.status, headers: answer.headers })
  }
  return { fetch: fetchAndKeep, count: () => number }
}
