/** Next calls this once per process; `import` inside the condition, since this file is compiled for the edge too. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startUnderNext } = await import('./start-up')
    await startUnderNext()
  }
}
