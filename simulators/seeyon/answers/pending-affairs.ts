import type { Answer } from '../../loopback-server'
import { readObject, text } from './token'
import { wholeNumber } from './members'
import { jsonAnswer, NOT_FOUND, serverError, type Call, type Desk } from '../call'
import { INVALID_TOKEN } from '../faults/play-fault'
import { affairsOf } from '../world/affairs'
import type { WireValue } from '../wire-json'
import type { Affair } from '../world/world'

const DEFAULT_PAGE_SIZE = 20

/**
 * `POST coll/pendingAffairs {"openFrom":"listPending","pageNo":1,"pageSize":20}`: what the member of the token still
 * has to handle, as a FlipInfo. A token that is bound to nobody is refused.
 */
export function answerPendingAffairs(desk: Desk, call: Call): Answer {
  if (!desk.options.pendingAffairs) return NOT_FOUND
  const member = call.token?.boundTo
  if (!member) return INVALID_TOKEN
  const body = readObject(call.body)
  if (!body || text(body.openFrom) !== 'listPending') return serverError('java.lang.NullPointerException')
  const asked = wholeNumber(text(body.pageSize), DEFAULT_PAGE_SIZE) || DEFAULT_PAGE_SIZE
  const size = Math.min(asked, desk.options.maxPageSize)
  const page = call.ignorePageNo ? 1 : Math.max(1, wholeNumber(text(body.pageNo), 1))
  const all = affairsOf(desk.world, member.id)
  const startAt = (page - 1) * size
  return jsonAnswer(call, {
    data: all.slice(startAt, startAt + size).map(affairToWire),
    page,
    size,
    total: all.length,
    pages: Math.ceil(all.length / size),
    startAt,
    dataCount: all.length,
    needTotal: true,
    sortField: null,
    sortOrder: 'asc',
    params: null,
  })
}

/** The work item's ids have no meaning here beyond being there. */
function affairToWire({ id, subject, referenceId, receivedAt }: Affair): WireValue {
  return {
    affairId: BigInt(id),
    subject,
    summaryId: BigInt(referenceId),
    templateId: null,
    workitemId: null,
    processId: null,
    caseId: null,
    activityId: null,
    receiveTime: receivedAt,
  }
}
