import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

export type Wire = {
  /** Where a browser reaches the node through the wire. */
  address: string
  /** Bytes that came down it so far: headers, compressed bodies, everything. */
  received(): number
  stop(): Promise<void>
}

/** A wire to the node that counts, so that nothing a browser receives is missed: pages, Workers, fonts, headers. */
export async function makeWire(node: string): Promise<Wire> {
  let bytes = 0
  const { hostname, port } = new URL(node)
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.pipe(far)
    far.on('data', (chunk) => {
      bytes += chunk.length
    })
    far.pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    open.add(near)
    near.on('close', () => open.delete(near))
  })
  const open = new Set<{ destroy(): void }>()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => bytes,
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
