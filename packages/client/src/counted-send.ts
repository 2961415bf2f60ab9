/** How much of a body has left this device. */
export type Sent = { sentBytes: number; totalBytes: number }

/** Whether this is a page or a Worker of one: `fetch` there does not say how much it has sent. */
export const canCount = (): boolean => typeof XMLHttpRequest !== 'undefined'

/**
 * `fetch` of a page to the node that served it, which says how much of the body is sent. The session's cookie goes along.
 * @throws the signal's reason; TypeError where no answer came, or one from elsewhere
 */
export function sendCounted(
  url: string,
  { method = 'GET', headers, body, signal }: RequestInit,
  onSent: (sent: Sent) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    signal?.addEventListener('abort', stop, { once: true })
    request.open(method, url)
    request.responseType = 'arraybuffer'
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onSent({ sentBytes: loaded, totalBytes: total })
    request.onabort = () => reject(signal?.reason)
    request.onerror = () => reject(new TypeError('No answer came.'))
    request.onload = () => {
      // A redirect is followed in silence.
      if (request.responseURL === url) resolve(answerOf(request))
      else reject(new TypeError('The answer came from elsewhere.'))
    }
    request.onloadend = () => signal?.removeEventListener('abort', stop)
    request.send(body as XMLHttpRequestBodyInit)
  })
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const line of request.getAllResponseHeaders().trim().split('\r\n')) {
    const colon = line.indexOf(':')
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  const { status } = request
  const body = request.response as ArrayBuffer
  // One of these statuses may not even have an empty body.
  return new Response(body.byteLength > 0 ? body : null, { status, headers })
}
