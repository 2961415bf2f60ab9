import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { registerSite } from '@curo/node/web/site'
import fastify from 'fastify'
import { build, mergeConfig } from 'vite'
import config from '../../../vite.config.ts'

export type CheckSite = { origin: string; close: () => Promise<void> }

/** Builds the check page as the portal is built, and serves it as the node does, with the same strict headers. */
export async function startCheckSite(): Promise<CheckSite> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-cards-'))
  const root = fileURLToPath(new URL('./check-page/', import.meta.url))
  await buildSite(root, folder)
  const server = fastify()
  const answerAsSite = await registerSite(server, { demo: false, folder })
  server.setNotFoundHandler((request, reply) => {
    if (!answerAsSite(request, reply)) void reply.code(404).send()
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** All of the portal's but the ones that make it installable: this page has no service worker. */
const pluginsHere = () =>
  (config.plugins?.flat(2) ?? []).filter(
    (plugin) => !(plugin && 'name' in plugin && /^(vite-plugin-pwa|curo-viewer-files)/.test(plugin.name)),
  )

/** As `npm run build` does. Vitest sets NODE_ENV to 'test', with which React would be built for development. */
async function buildSite(root: string, folder: string): Promise<void> {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build(
      mergeConfig(
        { ...config, plugins: pluginsHere() },
        {
          configFile: false,
          root,
          logLevel: 'error',
          build: { outDir: relative(root, folder), minify: false },
        },
      ),
    )
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
}
