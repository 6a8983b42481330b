import { escapeHtml, HTML_TYPE, type Answer } from '../../loopback-server'
import type { Desk } from '../call'

/**
 * Any page of Seeyon outside of REST: names the reference, so that a browser test sees what was opened, and the member
 * whom single sign-on has brought here.
 */
export function answerPage(desk: Desk, url: URL, signedIn: string | null = null): Answer {
  const values = [...url.searchParams.values()]
  const referenceId =
    values.find((value) => desk.world.references.has(value)) ??
    values.find((value) => /^-?\d{6,}$/.test(value))
  const message = referenceId === undefined ? undefined : desk.world.references.get(referenceId)
  const facts = [
    ['地址', url.pathname + url.search],
    ['对象', referenceId ?? '无'],
    ['内容', message?.messageContent ?? '无'],
    ['登录', signedIn ?? '无'],
  ] as const
  const rows = facts.map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`).join('')
  return {
    status: 200,
    type: HTML_TYPE,
    body:
      '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>致远 OA（模拟）</title></head>' +
      `<body><main data-original="seeyon" data-reference="${escapeHtml(referenceId ?? '')}" data-signed-in="${escapeHtml(signedIn ?? '')}">` +
      `<h1>致远 OA（模拟）</h1><dl>${rows}</dl></main></body></html>`,
  }
}

const RESOURCES: readonly [string, string][] = [
  ['token', 'POST'],
  ['orgMember', 'GET'],
  ['message/unread/{userId}', 'GET'],
  ['message/all/{userId}', 'GET'],
  ['message/linkurl/{linkType}', 'GET'],
  ['message/isread', 'POST'],
  ['message/loginName', 'POST'],
  ['message/userId', 'POST'],
  ['coll/pendingAffairs', 'POST'],
]

/** `application.wadl`: which methods there are. */
export function answerWadl(): Answer {
  const resources = RESOURCES.map(
    ([path, method]) => `<resource path="${path}"><method name="${method}"/></resource>`,
  )
  return {
    status: 200,
    type: 'application/vnd.sun.wadl+xml',
    body:
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
      `<application xmlns="http://wadl.dev.java.net/2009/02"><resources>${resources.join('')}</resources></application>`,
  }
}
