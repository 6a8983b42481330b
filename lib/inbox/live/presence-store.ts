import { execute } from '@/lib/platform/db'

/**
 * Says of these users that they have the inbox open, for so long; a disabled one has it no more. In order: several
 * processes say it of the same users.
 */
export async function setWatched(userIds: string[], seconds: number): Promise<void> {
  await execute(
    null,
    `with watching as (
       select id from users where id = any($1::uuid[]) and disabled_at is null order by id for no key update)
     update users u set watched_until = now() + make_interval(secs => $2) from watching where u.id = watching.id`,
    userIds,
    seconds,
  )
}

/**
 * Makes whoever these users are in other systems due for a poll as soon as `seconds` have passed since the last one.
 * Names that nobody knows yet keep their time: looking at the page does not make them known.
 */
export async function bringForward(userIds: string[], seconds: number): Promise<void> {
  await execute(
    null,
    `with later as (
       select id, greatest(polled_at + make_interval(secs => $2), now()) as due from persons
       where user_id = any($1::uuid[]) and external_id is not null
         and next_poll_at > greatest(polled_at + make_interval(secs => $2), now())
       order by connection_id, external_id collate "C" for update)
     update persons p set next_poll_at = later.due from later where p.id = later.id`,
    userIds,
    seconds,
  )
}
