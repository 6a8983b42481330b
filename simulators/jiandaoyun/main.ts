/** By hand: `npx tsx simulators/jiandaoyun/main.ts --url … --secret …`; see simulators/README.md. */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { JIANDAOYUN_ORIGIN } from './links'
import type { Recipient } from './message-push'
import { createSender } from './sender'
import { createCompanyTraffic } from './traffic/company-traffic'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    secret: { type: 'string' },
    people: { type: 'string', default: 'zhangsan:张三,lisi:李四,wangwu:王五' },
    every: { type: 'string', default: '3000' },
    count: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    origin: { type: 'string', default: JIANDAOYUN_ORIGIN },
  },
})

if (values.url === undefined || values.secret === undefined) {
  console.error(
    'usage: --url <webhook url> --secret <secret> [--people username:name,…] [--every ms] [--count n]',
  )
  process.exit(2)
}

const people: Recipient[] = values.people.split(',').map((one) => {
  const [username = '', name] = one.split(':')
  return { username, name: name ?? username }
})
const seed = Number(values.seed)
const count = Number(values.count)
const sender = createSender({ webhookUrl: values.url, secret: values.secret, seed })
const traffic = createCompanyTraffic({ people, seed, origin: values.origin })

for (let sent = 0; count === 0 || sent < count; sent++) {
  const { kind, pushes } = traffic.next()
  for (const push of pushes) {
    const { status, text, ms } = await sender.push(push)
    const to = push.data.to.map(({ username }) => username).join(',')
    console.log(`${status} ${Math.round(ms)} ms  ${kind} → ${to}  ${status === 200 ? '' : text}`)
  }
  await delay(Number(values.every))
}
