// Running other programs from the scripts: quiet while all is well, with a sign of life, ended with us.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Programs of installed packages, started by Node itself: no shell, no PATH. */
export const bin = {
  esbuild: 'node_modules/esbuild/bin/esbuild',
  eslint: 'node_modules/eslint/bin/eslint.js',
  next: 'node_modules/next/dist/bin/next',
  playwright: 'node_modules/@playwright/test/cli.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  prisma: 'node_modules/prisma/build/index.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
}

/** Their output goes through us: they cannot see whether a person reads it. */
const COLOURS = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: '0' }

const children = new Set()
let stopping = false

/** From now on a signal ends the programs we run, and then us; gives the function that takes that back. */
export function endChildrenOnSignal() {
  const end = (signal) => {
    stopping = true
    for (const child of children) child.kill(signal)
    if (children.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  return () => void process.off('SIGINT', end).off('SIGTERM', end)
}

/**
 * npm starts its scripts through a shell that does not pass a signal on: `kill <npm>` ends npm and the shell, and we
 * would go on alone. So the loss of the shell counts as the signal.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}

/**
 * Runs a Node program (a path from the project's folder) or another one, and gives its output and exit code.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean }} options show: its output goes to the terminal as well
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { env = {}, show = false } = {}) {
  const isNode = /\.(m|c)?js$/.test(program) || Object.values(bin).includes(program)
  const [file, list] = isNode ? [process.execPath, [path.resolve(root, program), ...args]] : [program, args]
  return new Promise((resolve, reject) => {
    const child = spawn(file, list, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...COLOURS, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    let output = ''
    for (const [stream, terminal] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
        if (show) terminal.write(text)
      })
    }
    child.once('error', reject)
    child.once('close', (code, signal) => {
      children.delete(child)
      if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143)
      resolve({ code: code ?? 1, output })
    })
  })
}

const TICK_MS = 10_000

/**
 * Says what is being done and how long it took, with a line now and then in between.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
export async function progress(title, work) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  console.log(`${title} …`)
  const timer = setInterval(() => console.log(`  … ${seconds()} s`), TICK_MS)
  try {
    const result = await work()
    console.log(`  ✓ ${seconds()} s`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/** Runs it and ends everything with its output when it fails. */
export async function runOrFail(program, args, options) {
  const { code, output } = await run(program, args, options)
  if (code === 0) return output
  throw new Error(`${program} ${args.join(' ')}\n${output.trim()}`)
}
