import { execute, rows } from '@/lib/platform/db'

/** How an attempt stands: seconds until it may be made, and how often that name failed lately from anywhere. */
export type Standing = { waitSeconds: number; failuresOfName: number }

/** Wrong attempts allowed in a minute. */
export const LIMITS = { perNameAndAddress: 10, perAddress: 100 }
/** Failures beyond this many change nothing more. */
const MOST_COUNTED = 500

/** The failures that speak for or against an attempt now; all clocks are the database's. */
export async function readStanding(name: string, address: string): Promise<Standing> {
  // The limit is full until the n-th last failure is a minute old.
  const wait = (condition: string, limit: number) => `
    (select ceil(extract(epoch from at + interval '1 minute' - now()))::int from sign_in_failures
      where ${condition} and at > now() - interval '1 minute' order by at desc offset ${limit - 1} limit 1)`
  const [row] = await rows<Standing>(
    null,
    `select coalesce(greatest(
              ${wait('address = $2 and username = $1', LIMITS.perNameAndAddress)},
              ${wait('address = $2', LIMITS.perAddress)}), 0) as "waitSeconds",
            (select count(*)::int from (
               select 1 from sign_in_failures
                where username = $1 and at > now() - interval '10 minutes' limit ${MOST_COUNTED}) recent
            ) as "failuresOfName"`,
    name,
    address,
  )
  return row ?? { waitSeconds: 0, failuresOfName: 0 }
}

/** Notes a wrong attempt. */
export async function recordFailure(name: string, address: string): Promise<void> {
  await execute(null, 'insert into sign_in_failures (username, address) values ($1, $2)', name, address)
}

/** Removes failures that no limit looks at any more. */
export async function sweepFailures(): Promise<void> {
  await execute(null, `delete from sign_in_failures where at < now() - interval '1 hour'`)
}
