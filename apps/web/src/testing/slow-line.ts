import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type SlowLine = {
  /** Where a browser finds the node behind it. */
  address: string
  /** From now on no connection carries more than so many bytes towards the node. */
  holdAfter(bytes: number): void
  /** Everything goes through again, also what is held. */
  release(): void
  /** Whatever is under way is lost, and nothing comes through until `release`. */
  cut(): void
  stop(): Promise<void>
}

/** A line to a node on this machine which can hold uploads where they are: the browser sees how far it got. */
export async function startSlowLine(nodeAddress: string): Promise<SlowLine> {
  const { hostname, port } = new URL(nodeAddress)
  let most = Number.POSITIVE_INFINITY
  let isCut = false
  const open = new Set<Socket>()
  const held = new Set<() => void>()
  const server = createServer((fromBrowser) => {
    if (isCut) {
      fromBrowser.destroy()
      return
    }
    const toNode = connect(Number(port), hostname)
    let carried = 0
    for (const [one, other] of [
      [fromBrowser, toNode],
      [toNode, fromBrowser],
    ] as const) {
      open.add(one)
      // What is cut in the test is meant to be.
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    toNode.pipe(fromBrowser)
    fromBrowser.on('data', (bytes) => {
      carried += bytes.length
      toNode.write(bytes)
      if (carried <= most) return
      fromBrowser.pause()
      held.add(() => {
        carried = 0
        fromBrowser.resume()
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    holdAfter(bytes) {
      most = bytes
    },
    release() {
      isCut = false
      most = Number.POSITIVE_INFINITY
      for (const goOn of held) goOn()
      held.clear()
    },
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    async stop() {
      server.close()
      for (const socket of open) socket.destroy()
      if (server.listening) await once(server, 'close')
    },
  }
}
