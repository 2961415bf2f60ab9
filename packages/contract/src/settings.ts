import { z } from 'zod'
import { defineRoute } from './route.ts'
import { language } from './shapes.ts'

/** How a person wants to be spoken to and told. What protects her (codes, an emergency) is sent whatever she chose. */
export const settings = z.object({
  /** Of screens and messages; the hospital’s own where absent. */
  language: language.optional(),
  theme: z.enum(['light', 'dark', 'system']).default('system'),
  /** Which way she is told of requests, results and appointments. */
  notify: z
    .object({
      sms: z.boolean().default(true),
      email: z.boolean().default(true),
      push: z.boolean().default(true),
    })
    .prefault({}),
})
export type Settings = z.infer<typeof settings>

/** `revision` 0: nothing was saved yet. */
const storedSettings = z.object({ settings, revision: z.int().nonnegative() })

export const getSettings = defineRoute({
  name: 'getSettings',
  method: 'GET',
  path: '/v1/settings',
  summary: 'One’s own language, appearance and choice of notifications',
  access: 'signed-in',
  waitingToo: true,
  response: storedSettings,
})

export const putSettings = defineRoute({
  name: 'putSettings',
  method: 'PUT',
  path: '/v1/settings',
  summary: 'Saves one’s settings over the revision that was read',
  access: 'signed-in',
  waitingToo: true,
  body: storedSettings,
  response: storedSettings,
})
