import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { compressed } from './build/compress.ts'
import { firstFonts } from './build/first-fonts.ts'
import { noJsonSchema } from './build/no-json-schema.ts'
import { opaqueWasm } from './build/opaque-wasm.ts'
import { themeCss } from './build/theme-css.ts'
import { viewerFiles } from './build/viewer-files.ts'

/** `npm run dev -w @curo/web` beside a running node (`npm start`): the page hot-reloads, the API is the node's. */
const NODE = process.env.CURO_DEV_NODE ?? 'http://127.0.0.1:8080'

const FIRST_LOAD = [
  /node_modules\/(react|react-dom|scheduler|idb)\//,
  /src\/app\/(first-styles|hospital|words|scheme|language|format|make-format|problem|trusted|public-paths|offline\/gone-files)\.ts/,
  /src\/app\/(Page|PublicFrame|Field|Notice|Waiting|DemoBanner)\.tsx/,
  /src\/accounts\/(session|auto-lock|device-keys|device-name|kept-databases|contact|six-digits)\.ts/,
  /src\/accounts\/(SignIn|SignInForm|SecondFactor)\.tsx/,
  /src\/passkeys\/PasskeyButton\.tsx/,
  /src\/work\/(work|remote|messages|context)\.ts/,
  /packages\/crypto\/src\/errors\.ts/,
]
const isOfFirstLoad = (id: string) => FIRST_LOAD.some((part) => part.test(id))

/**
 * [Note: few files, not many] A browser has six ways to a node and pays a round trip for each file, so that a hundred
 * icons and queries of half a kilobyte take seconds: what a first page needs comes in one file for each circle of readers.
 * Each takes along what it imports, unless an earlier one has it.
 */
const FILES = [
  { name: 'first', test: isOfFirstLoad },
  { name: 'icons', test: /node_modules\/@tabler\// },
  {
    name: 'app',
    test: /src\/app\/(App|Shell|OwnArea|Failed|NotFound|Loaded|EmptyState)\.tsx|src\/[a-z]+\/(navigation|queries)\.ts|\/Area\.tsx/,
  },
  {
    name: 'app',
    test: /node_modules\/@tanstack\/(react-query|query-core|react-router|router-core|history)\//,
  },
  {
    name: 'app',
    test: /@mantine\/core\/esm\/components\/(Text|Title|Anchor|Stack|Group|Alert|Skeleton|Badge|Button|Loader)\//,
  },
  { name: 'parts', test: /node_modules\/(@mantine|@tanstack|@floating-ui)\// },
  { name: 'patient', test: /src\/patient\/Home\.tsx/ },
  { name: 'doctor', test: /src\/doctor\/Home\.tsx/ },
  { name: 'chart', test: /src\/doctor\/Visit\.tsx/ },
  { name: 'diagnoses', test: /packages\/fhir\/src\/terms\/icd10-/ },
].map((file, at, all) => ({ ...file, priority: all.length - at }))

/** Installable, and open without a network: src/app/offline/service-worker.ts, which is registered after signing in. */
const installable = () =>
  VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/app/offline',
    filename: 'service-worker.ts',
    injectRegister: false,
    injectManifest: { globPatterns: ['index.html', 'before-paint.js', 'icon.svg'] },
    manifest: {
      id: '/',
      name: 'Curo',
      short_name: 'Curo',
      description: 'A health record that belongs to the patient.',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#fbfaf7',
      theme_color: '#0f766e',
      icons: [
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
  })

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), themeCss(), firstFonts(), noJsonSchema(), viewerFiles(), installable(), compressed()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  worker: {
    format: 'es',
    plugins: () => [opaqueWasm(), noJsonSchema()],
    // As src/work/without-eval.ts, which a file that others share would run before.
    rolldownOptions: { output: { banner: '(globalThis.__zod_globalConfig ??= {}).jitless = true;' } },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/v1', '/tile', '/checkpoint'].map((path) => [path, NODE])),
  },
  build: {
    target: 'es2022',
    outDir: 'dist/site',
    emptyOutDir: true,
    // Inlined files would be data: addresses, which the CSP forbids for fonts and Workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        // The first of them: [Note: sign-in stands alone].
        codeSplitting: { groups: FILES },
      },
    },
  },
})
