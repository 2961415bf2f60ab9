import { defineConfig } from 'vitest/config'

// Two tiers: `unit` runs in seconds beside the code; `system` starts servers, browsers and kills processes.
// Only 'source': Node would take a listed 'import' for its own require too, and load pg twice in two forms.
const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } }

export default defineConfig({
  test: {
    globalSetup: ['apps/node/src/testing/global-setup.ts'],
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/src/**/*.test.{ts,tsx}', 'bench/src/**/*.test.ts'],
          exclude: ['**/*.system.test.ts', '**/node_modules/**'],
          // Only so that a test that hangs fails: on a busy machine everything takes ten times as long.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'system',
          include: ['{packages,apps}/*/src/**/*.system.test.ts', 'bench/src/**/*.system.test.ts'],
          testTimeout: 300_000,
          // Building the site and making a demo, on a busy machine.
          hookTimeout: 400_000,
          // What is asked again until it holds is given as long as what a page is waited for.
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
})
