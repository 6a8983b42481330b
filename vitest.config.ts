import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const outside = ['**/node_modules/**', '**/dist/**', '**/.next/**', 'e2e/**', 'data/**']

/** What every test sees instead of this machine's environment. */
const env = {
  APP_SECRET: 'a-secret-for-tests-only-0123456789abcdef',
  TIME_ZONE: 'Asia/Shanghai',
  LOG_LEVEL: 'silent',
  // As on the machines of a CI: nothing may depend on the zone of the machine.
  TZ: 'UTC',
  // Vitest puts Vite's own variable of that name here.
  BASE_URL: '',
}

const ARCHITECTURE = 'lib/testing/architecture.test.ts'

/**
 * `unit`: pure code in Node · `unit-dom`: components in jsdom · `architecture`: the shape of the project ·
 * `db`: code on a real PostgreSQL, one database a file.
 */
export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    env,
    // A loaded machine may take its time; a hang is a hang all the same.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, '**/*.db.test.ts', ARCHITECTURE],
          environment: 'node',
        },
      },
      {
        extends: true,
        test: { name: 'architecture', include: [ARCHITECTURE], environment: 'node', testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'unit-dom',
          include: ['**/*.test.tsx'],
          exclude: outside,
          environment: 'jsdom',
          setupFiles: ['lib/testing/dom-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: outside,
          environment: 'node',
          globalSetup: ['lib/testing/global-setup.ts'],
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
