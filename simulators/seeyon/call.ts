import type { Answer } from '../loopback-server'
import type { Endpoint } from './endpoints'
import type { SeeyonOptions } from './options'
import type { Tickets } from './world/tickets'
import type { Token, Tokens } from './world/tokens'
import { toJsonText, type WireValue } from './wire-json'
import { JSON_TYPE } from '../loopback-server'
import type { World } from './world/world'

/** One REST request, read and sorted. */
export interface Call {
  method: string
  endpoint: Endpoint
  /** Decoded path segments after `/seeyon/rest/`. */
  segments: string[]
  query: URLSearchParams
  /** Header names in lower case. */
  headers: Record<string, string | string[] | undefined>
  body: string
  /** The living token it came with. */
  token: Token | null
  /** The fault `repeatedPage`: behave like a server that does not know pageNo. */
  ignorePageNo: boolean
  /** The vendor's `option.n_a_s=1`, where the server hears it. */
  numbersAsText: boolean
}

/** One call of `isread`, as it came. */
export interface IsreadCall {
  at: number
  userId: string
  messageIds: string[]
  /** Ids that are no messages of that member; Seeyon passes over them. */
  unknownIds: string[]
  /** When the lists will show it. */
  dueAt: number
  /** True when ids came as JSON numbers instead of text. */
  idsWereNumbers: boolean
}

/** One call that sends, as it came; those that a fault swallows are not among them. */
export interface SendCall {
  at: number
  by: 'userId' | 'loginName'
  receivers: string[]
  /** True when ids came as JSON numbers instead of text. */
  idsWereNumbers: boolean
  sender: string | null
  content: string
  urls: string[]
}

/** What the endpoints share. */
export interface Desk {
  world: World
  options: SeeyonOptions
  tokens: Tokens
  tickets: Tickets
  isreadCalls: IsreadCall[]
  sendCalls: SendCall[]
  /** Where employees open pages, without a slash at the end. */
  webUrl(): string
  /** Told after each page of a list was made up. */
  pageServed(endpoint: 'unread' | 'all', loginName: string, page: number): void
}

/** A JSON answer, its numbers as the call wants them. */
export function jsonAnswer(call: Call, value: WireValue, status = 200): Answer {
  return { status, type: JSON_TYPE, body: toJsonText(value, call.numbersAsText) }
}

/** What a broken request body gets: the Java side throws, and the container answers with its page. */
export function serverError(reason: string): Answer {
  return {
    status: 500,
    type: 'text/html;charset=UTF-8',
    body: `<html><body><h1>HTTP Status 500</h1><p>${reason}</p></body></html>`,
  }
}

export const NOT_FOUND: Answer = {
  status: 404,
  type: 'text/html;charset=UTF-8',
  body: '<html><body><h1>HTTP Status 404</h1></body></html>',
}
