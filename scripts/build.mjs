// Builds what `npm start` runs: Prisma's client, the table of routes, Next's pages, and the server in dist/.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { writeRoutes } from './routes.mjs'
import { bin, endChildrenOnSignal, progress, root, runOrFail } from './run.mjs'

const SOURCES = ['app', 'components', 'lib', 'messages', 'prisma', 'public', 'simulators']
const NO_SOURCE =
  /^next-env|(^|\/)(generated|fixtures|testing)\/|\.(test|spec)\.tsx?$|\.generated\.ts$|\.md$|^simulators\//
const stampFile = path.join(root, 'dist/build.json')
/** Held while dependencies are installed and while anything is built. */
export const lockFile = path.join(root, 'dist/.lock')

/** Changes whenever something does that a build depends on. */
function sourceHash() {
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  const files = [
    ...top
      .map(({ name }) => name)
      .filter((name) => /\.(ts|mjs)$|^(package(-lock)?|tsconfig)\.json$/.test(name)),
    'scripts/build.mjs',
    'scripts/routes.mjs',
    ...SOURCES.flatMap(filesUnder),
  ]
  const hash = createHash('sha256').update(process.version)
  for (const file of files.filter((name) => !NO_SOURCE.test(name)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}

function filesUnder(folder) {
  const at = path.join(root, folder)
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join('/'),
    )
}

/** True when what is built belongs to the sources as they are. */
export function isBuilt() {
  if (!existsSync(stampFile) || !existsSync(path.join(root, '.next/BUILD_ID'))) return false
  return JSON.parse(readFileSync(stampFile, 'utf8')).sources === sourceHash()
}

/** Writes the code that other code is checked and built with: Prisma's client and the table of routes. */
export async function generate() {
  // Prisma asks where its engine is though `generate` does not use it: any file that exists will do.
  await runOrFail(bin.prisma, ['generate', '--no-hints'], {
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  })
  writeRoutes()
}

/** Bundles a program of ours for Node; packages stay outside. */
export async function bundle(entries) {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

/** Builds all of it, whether it is stale or not. The caller holds the lock. */
export async function build() {
  const sources = sourceHash()
  mkdirSync(path.join(root, 'dist'), { recursive: true })
  rmSync(stampFile, { force: true })
  await progress('构建 Building', async () => {
    await generate()
    rmSync(path.join(root, 'dist/chunks'), { recursive: true, force: true })
    await bundle(['server.ts'])
    await runOrFail(bin.next, ['build'], { env: { NODE_ENV: 'production' } })
  })
  writeFileSync(stampFile, `${JSON.stringify({ sources })}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  endChildrenOnSignal()
  try {
    await withLock(lockFile, build)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
