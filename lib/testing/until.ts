const EVERY_MS = 10

/**
 * Waits for something that happens on its own: asks again and again until the answer is truthy, and gives it.
 * Throws with `what` after `ms`, so that a hang says what it waited for.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  ms = 10_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}
