import { describe, expect, it } from 'vitest'
import { signPush } from './signature'

const BODY_A =
  '{"op":"flow_message","data":{"flow_action":"flow_forward","to":[{"username":"zhangsan","name":"张三"}],' +
  '"entry_name":"请假审批","notify_text":"有新的流程待办事项","content":"","url":"https://www.jiandaoyun.com/message/' +
  'redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=642e38acd039d000080c637b&taskId=642e38acd039d000080c63a3"},' +
  '"send_time":"2023-04-06T03:12:44.991Z"}'
const BODY_B =
  '{"op":"dash_alert_message","data":{"notify_text":"\\u5e93\\u5b58\\u8b66\\u544a","n":1.0},' +
  '"send_time":"2022-04-13T23:52:09.597Z"}'

describe('signPush', () => {
  it.each([
    [
      '0f5ade',
      '1498586609',
      'test-secret',
      '{"op":"data_create","data":{}}',
      '1457e6b79d7c7fed8c46aecf197d7436b8943ebc',
    ],
    ['4c9185', '1680750764', 'test-secret', BODY_A, '2b3e605da3302f660558f5b1273944be885d7785'],
    ['956f23', '1649893929', 's3cret', BODY_B, '7d0cbce53607bbab26763cd197518f3fe85db786'],
    ['abc123', '1700000000', 'test-secret', '', '40cc7dc6c5bbfd928189e23cc5c66470b4ea39f0'],
  ])('agrees with the documented formula (nonce %s)', (nonce, timestamp, secret, body, signature) => {
    expect(signPush(nonce, body, secret, timestamp)).toBe(signature)
    expect(signPush(nonce, Buffer.from(body, 'utf8'), secret, timestamp)).toBe(signature)
  })

  it('signs the bytes, not what they mean', () => {
    const again = JSON.stringify(JSON.parse(BODY_B))
    expect(signPush('956f23', again, 's3cret', '1649893929')).toBe('c06a14a67422a2584e95f451b56c64010bbb0d08')
  })
})
