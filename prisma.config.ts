import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only the migrate commands use it; the app reads its own environment (lib/platform/env.ts).
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1/huixin' },
})
