import { execute } from '@/lib/platform/db'

/**
 * The circuit of a connection: an outage pauses the calls to it, never disables it. Probed again after a pause that
 * doubles, a little apart so that processes do not all come at once. A probe comes at least every 30 s: the longest
 * pause and a call that hangs until it is given up (15 s) are less than that together.
 */
const LONGEST_PAUSE_SECONDS = 14
/** What a system asks for by itself is granted up to here. */
const LONGEST_GRANTED_SECONDS = 30

/** The system answered as it should. */
export async function recordSuccess(connectionId: string): Promise<void> {
  await execute(
    null,
    `update connections set failures = 0, failing_since = null, retry_at = null, last_success_at = now(),
       last_error = null
     where id = $1::uuid and (failures > 0 or last_success_at is null or last_success_at < now() - interval '5 seconds')`,
    connectionId,
  )
}

/** The system could not be reached or did not let us in; `error` in an administrator's words. */
export async function recordFailure(
  connectionId: string,
  error: string,
  retryAfterSeconds = 0,
): Promise<void> {
  await execute(
    null,
    `update connections set failures = failures + 1, failing_since = coalesce(failing_since, now()),
       last_error = left($2, 1000), last_error_at = now(),
       retry_at = now() + make_interval(secs => greatest(
         least($3::float8, $4::float8), least($5::float8, power(2, least(failures, 10))) * (0.75 + random() / 4)))
     where id = $1::uuid and (retry_at is null or retry_at <= now())`,
    connectionId,
    error,
    LONGEST_GRANTED_SECONDS,
    retryAfterSeconds,
    LONGEST_PAUSE_SECONDS,
  )
}
