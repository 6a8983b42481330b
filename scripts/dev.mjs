// `npm run dev`: installs what is missing and runs dev.ts.
import { bundle, generate, lockFile } from './build.mjs'
import { checkNode, installDependencies } from './install.mjs'
import { withLock } from './lock.mjs'
import { stopWithNpm } from './run.mjs'

checkNode()
stopWithNpm()
try {
  await withLock(lockFile, async () => {
    await installDependencies()
    await generate()
    await bundle(['dev.ts'])
  })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import('../dist/dev.mjs')
