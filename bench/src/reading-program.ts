// node reading-program.js: a ReadingTask a line on standard input, the seconds it took on standard output.
import { createInterface } from 'node:readline'
import { closeConnections, postJson } from './http-post.ts'

export type ReadingTask = { url: string; token: string; clients: number; bodies: readonly string[] }

async function run({ url, token, clients, bodies }: ReadingTask): Promise<number> {
  const started = performance.now()
  let next = 0
  const client = async () => {
    while (next < bodies.length) await postJson(url, { token, body: bodies[next++] as string })
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (performance.now() - started) / 1000
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${await run(JSON.parse(line) as ReadingTask)}\n`)
closeConnections()
