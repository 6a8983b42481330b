import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * The project's own folder, where `package.json` and `prisma/migrations` are. The code that asks may run from
 * `dist/`, from Next's bundle or from a test, so the place is found from where the process was started.
 */
export function projectRoot(): string {
  const starts = [process.cwd(), process.argv[1] ? path.dirname(process.argv[1]) : null]
  for (const start of starts) {
    for (let folder = start; folder; folder = parentOf(folder)) {
      if (existsSync(path.join(folder, 'prisma', 'migrations'))) return folder
    }
  }
  return process.cwd()
}

function parentOf(folder: string): string | null {
  const parent = path.dirname(folder)
  return parent === folder ? null : parent
}
