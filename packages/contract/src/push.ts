import { z } from 'zod'
import { defineRoute } from './route.ts'
import { bytes } from './shapes.ts'

/** Where a browser’s push service takes messages for it (RFC 8030 §5): known to the browser and to this node only. */
export const pushEndpoint = z.url({ protocol: /^https$/ }).max(2000)

export const getPushKey = defineRoute({
  name: 'getPushKey',
  method: 'GET',
  path: '/v1/push/key',
  summary: 'The key this node signs its pushes with (RFC 8292), as a browser’s `applicationServerKey`',
  access: 'signed-in',
  response: z.object({ key: bytes({ length: 65 }) }),
})

export const putPushSubscription = defineRoute({
  name: 'putPushSubscription',
  method: 'PUT',
  path: '/v1/push/subscription',
  summary: 'This device wants to be woken when something waits; what it is, is never in the push',
  access: 'signed-in',
  body: z.object({ endpoint: pushEndpoint }),
  callsPerMinute: 30,
})

export const removePushSubscription = defineRoute({
  name: 'removePushSubscription',
  method: 'DELETE',
  path: '/v1/push/subscription',
  summary: 'This device is woken no more; signing out does the same',
  access: 'signed-in',
})
