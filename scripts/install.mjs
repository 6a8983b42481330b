// Installs what package-lock.json asks for, when it is not there.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { progress, root, run } from './run.mjs'

const OLDEST_NODE = [20, 19]

/** Ends the script with a sentence when Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  console.error(
    `需要 Node.js ${OLDEST_NODE.join('.')} 或更新版本。 Node.js ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}.`,
  )
  process.exit(1)
}

/** True when every package of the lock file is installed in its version. */
function isInstalled() {
  const [wanted, present] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => {
    const at = path.join(root, file)
    return existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')).packages : null
  })
  if (!present) return false
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' || entry.optional || entry.devOptional || present[name]?.version === entry.version,
  )
}

/** Installs all dependencies if one is missing or of another version. */
export async function installDependencies() {
  if (isInstalled()) return
  // None of the packages needs its install script, and some of those would load programs from elsewhere.
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  await progress('安装依赖 Installing dependencies', async () => {
    const { code, output } = npm?.endsWith('.js') ? await run(npm, flags) : await run('npm', flags)
    if (code !== 0) throw new Error(`npm ${flags.join(' ')}\n${output.trim()}`)
  })
}
