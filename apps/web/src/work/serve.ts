import { CuroError } from '@curo/crypto/errors'
import { Moved, type WorkCall, type WorkContext } from './context.ts'
import { type Reply, type Request, toSent } from './messages.ts'

type Port = {
  postMessage(message: Reply, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void
}
type WorkFunction = (context: WorkContext, input: unknown, call: WorkCall<unknown>) => Promise<unknown>
type Loaders = Record<string, () => Promise<object>>

/** Answers the page's calls from the domains' modules; any number run side by side. */
export function serve(port: Port, domains: Loaders, context: WorkContext): void {
  const running = new Map<number, AbortController>()

  async function answer(request: Extract<Request, { call: number }>): Promise<void> {
    const { call, domain, name, input, wantsProgress } = request
    const abort = new AbortController()
    running.set(call, abort)
    const onProgress = (progress: unknown) => {
      if (wantsProgress && !abort.signal.aborted) port.postMessage({ call, progress })
    }
    try {
      const run = await load(domains, domain, name)
      abort.signal.throwIfAborted()
      const result = await run(context, input, { onProgress, signal: abort.signal })
      if (result instanceof Moved) port.postMessage({ call, value: result.value }, result.transfer)
      else port.postMessage({ call, value: result })
    } catch (error) {
      port.postMessage({ call, error: toSent(abort.signal.aborted ? abort.signal.reason : error) })
    } finally {
      running.delete(call)
    }
  }

  port.addEventListener('message', ({ data }) => {
    if ('abort' in data) running.get(data.abort)?.abort()
    else void answer(data)
  })
}

async function load(domains: Loaders, domain: string, name: string): Promise<WorkFunction> {
  const loader = Object.hasOwn(domains, domain) ? domains[domain] : undefined
  const module = (await loader?.()) as Record<string, unknown> | undefined
  const run = module && Object.hasOwn(module, name) ? module[name] : undefined
  if (typeof run !== 'function')
    throw new CuroError('internal', `The key Worker has no ${domain}.${name}. Reload the page.`)
  return run as WorkFunction
}
