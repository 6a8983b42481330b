/**
 * What exists once per process. The server's bundle and Next's bundle each load the modules of this project,
 * so nothing that must be single (pool, listeners, streams, caches) may live in a module variable: it lives here.
 */
const KEY = '__huixin'

/**
 * The process-wide value of that name, made by `create` on first use.
 * @param name unique name, `folder.thing`
 */
export function shared<T>(name: string, create: () => T): T {
  const holder = globalThis as unknown as Record<string, Record<string, unknown> | undefined>
  const all = (holder[KEY] ??= {})
  return (all[name] ??= create()) as T
}
