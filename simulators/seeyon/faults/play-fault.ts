import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HTML_TYPE, JSON_TYPE, TEXT_TYPE, writeAnswer, type Answer } from '../../loopback-server'
import type { Fault } from './faults'

/** The vendor's words for a token that is dead or missing its rights. */
export const INVALID_TOKEN: Answer = {
  status: 401,
  type: TEXT_TYPE,
  body: 'Invalid token,please authenticate again',
}

/** What one integrator met instead: an error inside a success. */
export const CODE_1010: Answer = { status: 200, type: JSON_TYPE, body: '{"code":1010}' }

const LOGIN_PAGE =
  '<!DOCTYPE html><html lang="zh-CN"><head><title>协同管理系统</title></head><body>' +
  '<form action="/seeyon/main.do?method=login" method="post">' +
  '<input name="login_username"><input name="login_password" type="password"></form></body></html>'

const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n' +
  '<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'

/** Kinds that change a real answer, so that the request must be carried out. */
const CHANGES_ANSWER = new Set<Fault['kind']>([
  'cutJson',
  'cutTransfer',
  'slow',
  'hold',
  'repeatedPage',
  'controlCharacters',
])

/** True when the request has its effect in spite of the fault. */
export function isCarriedOut(fault: Fault): boolean {
  return fault.carryOut === true || CHANGES_ANSWER.has(fault.kind)
}

/**
 * Sends what the fault makes of an answer.
 * @param answer the honest answer, null when the request was not carried out
 * @param finish to be told the status as soon as the answer is settled; 0 for none
 */
export async function playFault(
  fault: Fault,
  answer: Answer | null,
  request: IncomingMessage,
  response: ServerResponse,
  finish: (status: number) => void,
): Promise<void> {
  switch (fault.kind) {
    case 'hang':
      response.once('close', () => finish(0))
      return
    case 'reset':
      finish(0)
      request.socket.resetAndDestroy()
      return
    case 'hugeBody':
      finish(200)
      return sendHugeBody(response, fault.bytes ?? 64 * 1024 * 1024)
    case 'cutTransfer': {
      const body = Buffer.from(answer?.body ?? '[]')
      finish(200)
      response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': String(body.length + 1) })
      response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
      return
    }
    default: {
      const changed = changedAnswer(fault, answer)
      finish(changed.status)
      writeAnswer(response, changed)
    }
  }
}

function changedAnswer(fault: Fault, answer: Answer | null): Answer {
  const honest = answer ?? { status: 200, type: JSON_TYPE, body: '' }
  switch (fault.kind) {
    case 'status500':
      return { status: 500, type: HTML_TYPE, body: '<html><body><h1>HTTP Status 500</h1></body></html>' }
    case 'badGateway':
      return { status: 502, type: HTML_TYPE, body: BAD_GATEWAY }
    case 'loginPage':
      return { status: 200, type: HTML_TYPE, body: LOGIN_PAGE }
    case 'emptyBody':
      return { status: 200, type: JSON_TYPE, body: '' }
    case 'cutJson':
      return { ...honest, body: cutText(String(honest.body)) }
    case 'code1010':
      return CODE_1010
    case 'errorObject':
      return {
        status: 200,
        type: JSON_TYPE,
        body: '{"success":false,"errorNumber":-1,"errorMessage":"系统繁忙"}',
      }
    case 'invalidToken':
      return INVALID_TOKEN
    case 'controlCharacters':
      return {
        ...honest,
        body: String(honest.body).replaceAll(/"(messageContent|name)":"/g, '$&\u0001\t\n\u001f'),
      }
    case 'redirect':
      return {
        status: 302,
        type: TEXT_TYPE,
        body: '',
        headers: { location: fault.location ?? '/seeyon/main.do?method=login' },
      }
    case 'result': {
      const said = { result: fault.result ?? 0, errorMessage: fault.body ?? null, errorNumber: 1 }
      return { status: 200, type: JSON_TYPE, body: JSON.stringify(said) }
    }
    case 'custom':
      return { status: fault.status ?? 200, type: fault.type ?? TEXT_TYPE, body: fault.body ?? '' }
    default:
      return honest
  }
}

/** Two thirds of the text: the status is 200 and the length is right, only the JSON ends too early. */
function cutText(text: string): string {
  return text.slice(0, Math.max(1, Math.floor((text.length * 2) / 3)))
}

/** A JSON array that does not end before `bytes`; stops as soon as the client has had enough. */
async function sendHugeBody(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': JSON_TYPE })
  await pipeline(Readable.from(hugeArray(bytes)), response).catch(() => {})
}

function* hugeArray(bytes: number): Generator<Buffer> {
  const part = Buffer.from(`${JSON.stringify({ id: 1, messageContent: '字'.repeat(20_000) })},`)
  yield Buffer.from('[')
  for (let sent = 0; sent < bytes; sent += part.length) yield part
  yield Buffer.from('null]')
}
