/**
 * What `npm start` runs. Only the first steps are here: what must be true before anything else is loaded, since some
 * packages look at it while they are.
 */
Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })

const { serve } = await import('./serve')
await serve()

export {}
