import type { Context } from '../contract'
import { expectNoError, seeyonError } from './rest/answers'
import { callSeeyon, memberIdOf } from './rest/client'
import { parseTolerantJson } from '@/lib/shared/lossless-json'
import { longId } from './rest/schemas'
import type { SeeyonSettings } from './settings'

/** At most so many ids a call. */
export const BATCH = 100

/**
 * Marks messages of one member as read in Seeyon. What Seeyon answers to that is documented nowhere, so any 2xx
 * counts, with any body or none, unless it is a web page, an error object or a refused token. Ids that are no
 * messages of that member are passed over by Seeyon.
 * @throws ConnectorError `refused` for a 4xx other than 401, 408 and 429
 */
export async function markRead(
  context: Context<SeeyonSettings>,
  personExternalId: string,
  ids: string[],
): Promise<void> {
  const memberId = memberIdOf(personExternalId)
  // Text, as in every sample of the vendor; the keys are lower-case and `messageid` is a list.
  const messageIds = ids.map((id) => longId(id) ?? refuse(id))
  for (let from = 0; from < messageIds.length; from += BATCH) {
    const body = { userid: memberId, messageid: messageIds.slice(from, from + BATCH) }
    const answer = await callSeeyon(context, { endpoint: 'message/isread', body, memberId, orText: true })
    expectNoError('message/isread', jsonOrNothing(answer.text()))
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return parseTolerantJson(text)
  } catch {
    return null
  }
}

function refuse(id: string): never {
  const shown = id.slice(0, 40)
  throw seeyonError(
    'refused',
    `消息 ID「${shown}」不是致远的 ID`,
    `The message id "${shown}" is none of Seeyon.`,
  )
}
