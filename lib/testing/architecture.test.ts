import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { expect, test } from 'vitest'
import { routesText } from '@/scripts/routes.mjs'

/** The shape of the project, kept by machine: directions of imports, who names vendors, sizes and names of files. */

const ROOTS = ['app', 'components', 'e2e', 'lib', 'messages', 'prisma', 'scripts', 'simulators']
const WITH_CODE = /\.(ts|tsx|mjs|cjs)$/
const GENERATED = /(^prisma\/generated\/|\.generated\.ts$|^next-env\.d\.ts$)/

const files = [
  ...readdirSync('.').filter((name) => WITH_CODE.test(name)),
  ...ROOTS.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join('/')),
  ),
].filter((file) => !GENERATED.test(file))
const code = files.filter((file) => WITH_CODE.test(file))
const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file)
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length

test('imports go only where the design allows', async () => {
  const options = await extractDepcruiseOptions('./.dependency-cruiser.cjs')
  const found = await cruise(
    [
      ...ROOTS.filter((root) => !['prisma', 'scripts'].includes(root)),
      'serve.ts',
      'server.ts',
      'start-up.ts',
      'instrumentation.ts',
    ],
    options,
    undefined,
    { tsConfig: extractTSConfig('tsconfig.json') },
  )
  const { summary, modules } = found.output as ICruiseResult
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  // A tool that resolves nothing sees no violation either.
  const seen = new Set(modules.map(({ source }) => source))
  expect(code.filter((file) => /^(app|components|lib)\//.test(file) && !seen.has(file))).toEqual([])
  expect(summary.totalCruised).toBeGreaterThan(300)
  expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(1_000)
})

test('vendors are named only where they are spoken with', () => {
  const vendor = /jiandaoyun|seeyon|简道云|致远/i
  const mayName = [
    /^lib\/connectors\/(jiandaoyun|seeyon)\//,
    /^lib\/connectors\/registry\.ts$/,
    /^(simulators|e2e)\//,
    /^lib\/testing\//,
  ]
  const naming = files.filter(
    (file) =>
      !isTest(file) &&
      !mayName.some((place) => place.test(file)) &&
      (vendor.test(file) || vendor.test(readFileSync(file, 'utf8'))),
  )
  expect(naming).toEqual([])
})

/** The first rule that fits counts; lines at most. */
const LIMITS: [RegExp, number][] = [
  [/\.(test|spec)\.tsx?$/, 500],
  [/^app\/.*\/route\.ts$/, 60],
  [/^app\/.*(page|layout)\.tsx$/, 100],
  [/\.tsx$/, 250],
  [/(store|client|simulator)\.ts$/, 300],
  [/^(scripts|simulators|messages|lib\/contracts)\//, 300],
  [/./, 250],
]

test('no file grows past what one person reads at once', () => {
  const tooLong = code
    .map((file) => ({
      file,
      lines: linesOf(file),
      limit: LIMITS.find(([pattern]) => pattern.test(file))![1],
    }))
    .filter(({ lines, limit }) => lines > limit)
    .map(({ file, lines, limit }) => `${file}: ${lines} of ${limit}`)
  expect(tooLong).toEqual([])
})

test('no folder holds more than twenty things, but for the primitives', () => {
  const counts = new Map<string, number>()
  for (const file of code.filter((name) => !isTest(name) && name.includes('/'))) {
    counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1)
  }
  expect([...counts].filter(([folder, count]) => count > 20 && folder !== 'components/ui')).toEqual([])
})

test('names say what is inside, in kebab-case', () => {
  const nothing = /(^|\/)(utils?|helpers?|common|misc|types?|constants?)(\.[a-z]+)*(\/|$)/
  expect(code.filter((file) => nothing.test(file.replace(/\.(tsx?|mjs|cjs)$/, '')))).toEqual([])
  const kebab = /^(\.?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*|\[+(\.\.\.)?[a-zA-Z]+\]+|\([a-z-]+\))$/
  const odd = code.filter((file) =>
    file.split('/').some((part) => !kebab.test(part) && !/^_?[a-z-]+$/.test(part)),
  )
  expect(odd).toEqual([])
})

test('the table of routes is up to date', () => {
  expect(readFileSync('lib/http/routes.generated.ts', 'utf8')).toBe(routesText())
})
