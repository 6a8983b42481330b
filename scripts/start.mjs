// `npm start`: installs what is missing, builds what is stale, and becomes the server.
import { build, isBuilt, lockFile } from './build.mjs'
import { checkNode, installDependencies } from './install.mjs'
import { withLock } from './lock.mjs'
import { endChildrenOnSignal, stopWithNpm } from './run.mjs'

checkNode()
stopWithNpm()
const leaveSignals = endChildrenOnSignal()
try {
  await withLock(
    lockFile,
    async () => {
      await installDependencies()
      if (!isBuilt()) await build()
    },
    () =>
      console.log('另一个进程正在安装或构建，等待中 … Another process is installing or building, waiting'),
  )
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
leaveSignals()
console.log('启动 Starting …')
await import('../dist/server.mjs')
