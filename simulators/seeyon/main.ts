/** By hand: `npx tsx simulators/seeyon/main.ts`; see simulators/README.md. */
import { parseArgs } from 'node:util'
import { createRandom } from '../random'
import { ALL_LINK_TYPES, startSeeyon } from '.'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8088' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string', default: '1' },
    members: { type: 'string', default: 'zhangsan:张三,lisi:李四,wangwu:王五' },
    backlog: { type: 'string', default: '20' },
    every: { type: 'string', default: '5000' },
    'isread-delay': { type: 'string', default: '10000' },
  },
})

const members = values.members.split(',').map((one) => {
  const [loginName = '', name] = one.split(':')
  return { loginName, name: name ?? loginName }
})
const seeyon = await startSeeyon({
  port: Number(values.port),
  host: values.host,
  seed: Number(values.seed),
  isreadDelayMs: Number(values['isread-delay']),
  members,
})
const random = createRandom(Number(values.seed))

function sendOne(ageMs: number): void {
  const { loginName } = random.pick(members)
  const from = random.pick(members).loginName
  const linkType = random.pick(ALL_LINK_TYPES)
  const { messageContent } = seeyon.send(loginName, { from, linkType, creationDate: Date.now() - ageMs })
  if (ageMs === 0) console.log(`→ ${loginName}  ${messageContent}`)
}

for (let sent = 0; sent < Number(values.backlog); sent++) sendOne(random.int(60_000, 5 * 86_400_000))
console.log(`Seeyon at ${seeyon.baseUrl}, REST user ${seeyon.restUser} / ${seeyon.restPassword}`)
console.log(`state and control at ${seeyon.origin}/__control`)
const timer = Number(values.every) > 0 ? setInterval(() => sendOne(0), Number(values.every)) : undefined

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(timer)
    void seeyon.close()
  })
}
