import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const VITE = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
const GALLERY = fileURLToPath(new URL('./gallery/', import.meta.url))

/** The policy under which the node serves the portal: a viewer that needs more does not work. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  'frame-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types curo',
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export type Gallery = { url: string; close(): Promise<void> }

/** Builds the page with the viewers for production and serves it, with `data` under /data/, as the node would. */
export async function startGallery(data: Readonly<Record<string, Uint8Array | string>>): Promise<Gallery> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-gallery-'))
  // In a process of its own: vitest's NODE_ENV would make a development build.
  await promisify(execFile)(
    process.execPath,
    [VITE, 'build', GALLERY, '--outDir', folder, '--logLevel', 'error'],
    {
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  const server = createServer(async (request, answer) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
    answer.setHeader('content-security-policy', POLICY)
    answer.setHeader('x-content-type-options', 'nosniff')
    if (path.startsWith('/data/')) {
      const found = data[path.slice(6)]
      answer.setHeader('content-type', 'application/octet-stream')
      return found === undefined ? answer.writeHead(404).end() : answer.end(found)
    }
    try {
      const name = path === '/' ? 'index.html' : normalize(path).replace(/^(\.\.[/\\])+/, '')
      const bytes = await readFile(join(folder, name))
      answer.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream')
      answer.end(bytes)
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
