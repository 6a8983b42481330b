// `npm test`: installs what is missing and runs every check.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build, generate, isBuilt, lockFile } from './build.mjs'
import { checkNode, installDependencies } from './install.mjs'
import { withLock } from './lock.mjs'
import { bin, endChildrenOnSignal, root, run, stopWithNpm } from './run.mjs'

const reports = path.join(root, 'dist/reports')
const results = []

/**
 * One check: `work` gives { passed, failed, output }.
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, output?: string }>} work
 */
async function step(name, work) {
  console.log(`── ${name} …`)
  const started = Date.now()
  const {
    passed,
    failed,
    output = '',
  } = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    output: String(error?.message ?? error),
  }))
  const seconds = Math.round((Date.now() - started) / 1000)
  if (failed > 0 && output) console.log(output.trimEnd().split('\n').slice(-300).join('\n'))
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${seconds} s`)
  results.push({ name, passed, failed, seconds })
}

/** A check that is one thing: it passes or not. */
const single = async (program, args, options) => {
  const { code, output } = await run(program, args, options)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, output }
}

/** Every test of these vitest projects counts. */
const vitest = async ({ show }, ...projects) => {
  const file = path.join(reports, `vitest-${projects[0]}.json`)
  rmSync(file, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code, output } = await run(bin.vitest, [...args, ...projects.map((name) => `--project=${name}`)], {
    show,
  })
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  const [passed, failed] = [report?.numPassedTests ?? 0, report?.numFailedTests ?? 0]
  // A file that cannot even be loaded has no failed test, but the run has failed.
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), output: show ? '' : output }
}

const browser = async () => {
  await provideBrowser()
  const file = path.join(root, 'test-results/report.json')
  rmSync(file, { force: true })
  const { code } = await run(bin.playwright, ['test'], { show: true })
  const stats = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).stats
    : { expected: 0, unexpected: 0, flaky: 0 }
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: code === 0 ? failed : Math.max(failed, 1) }
}

/** Playwright's own browser, else the system's; else one is installed where that can be done without asking. */
async function provideBrowser() {
  const { findBrowser } = await import('./browser.mjs')
  if (findBrowser()) return
  const isDebian = existsSync('/usr/bin/apt-get')
  if (isDebian && process.getuid?.() === 0) {
    console.log('   installing Chromium …')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const install = () =>
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { env })
    if ((await install()).code !== 0) {
      await run('apt-get', ['update'], { env })
      await install()
    }
  } else {
    console.log("   installing Playwright's Chromium …")
    await run(bin.playwright, ['install', 'chromium'])
  }
  if (findBrowser()) return
  const command = isDebian
    ? 'sudo apt-get install -y chromium fonts-noto-cjk'
    : 'npx playwright install --with-deps chromium'
  throw new Error(
    `There is no browser for the tests. Install one, then run npm test again:\n\n  ${command}\n`,
  )
}

checkNode()
stopWithNpm()
endChildrenOnSignal()
const started = Date.now()
try {
  await withLock(lockFile, async () => {
    await installDependencies()
    await generate()
  })
} catch (error) {
  console.error(error.message)
  console.log('0 passed, 1 failed')
  process.exit(1)
}
mkdirSync(reports, { recursive: true })

/** The longest of the static checks beside the others: two cores are what most machines have at least. */
await Promise.all([
  step('lint', () => single(bin.eslint, ['.', '--max-warnings=0'])),
  (async () => {
    await step('format', () => single(bin.prettier, ['--check', '--log-level=warn', '.']))
    await step('types', async () => {
      const routes = await single(bin.next, ['typegen'])
      return routes.failed ? routes : single(bin.tsc, ['--noEmit'])
    })
    await step('architecture', () => vitest({ show: false }, 'architecture'))
  })(),
])
await step('unit', () => vitest({ show: true }, 'unit', 'unit-dom'))
await step('database', () => vitest({ show: true }, 'db'))
await step('build', async () => {
  await withLock(lockFile, async () => void (isBuilt() || (await build())))
  return { passed: 1, failed: 0 }
})
await step('browser', browser)

console.log('')
for (const { name, passed, failed, seconds } of results) {
  console.log(`${failed ? '✗' : '✓'} ${name.padEnd(14)} ${passed} passed, ${failed} failed, ${seconds} s`)
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`${Math.round((Date.now() - started) / 1000)} s`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)
