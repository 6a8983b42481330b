import type { ForwardRule } from '../forwards/forward-new'
import type { Content } from '../message'

/** A push as the use case hands it to the inbox: raw bytes, and what its connector makes of them. */
export type NewDelivery = {
  connectionId: string
  verdict: 'accepted' | 'dead' | 'other'
  /** Machine-readable, for dead letters and other families. */
  reason: string | null
  /** The vendor's id of the delivery; not signed. */
  deliverId: string | null
  bodyHash: Uint8Array
  /** Whether the body says when it was sent: only then two equal bodies are one push. */
  hasSendTime: boolean
  op: string | null
  skewSeconds: number | null
  query: string
  headers: Record<string, string>
  body: Uint8Array
  /** Of an accepted one. */
  content: Content | null
  hasLink: boolean
  recipients: ({ externalId: string; name: string | null } | { problem: string })[]
  /** What of it is passed on to another connection; absent: nothing. */
  forward?: ForwardRule | null
}
