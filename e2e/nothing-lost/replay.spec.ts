import {
  createPushBuilders,
  createSender,
  notUnderstood,
  otherFamilies,
  sameBody,
} from '@/simulators/jiandaoyun'
import { createCompanyTraffic } from '@/simulators/jiandaoyun'
import { expect, test } from '../fixtures'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'

const PEOPLE = ['replayed-a', 'replayed-b']
const EVENTS = 60
const AT_ONCE = 8

test('reading every delivery again, twice and all at once, changes nothing', async ({ server }) => {
  test.slow()
  const admin = await administrator(server.baseUrl)
  const { id, webhookUrl } = await admin.connectPushing('重放的简道云')
  try {
    for (const name of PEOPLE) {
      await admin.addUser(name)
      await admin.map(id, name, { externalId: name })
    }
    const sender = createSender({ webhookUrl, secret: SECRET })
    const build = createPushBuilders({ seed: 3 })
    // Flows that go on, are urged and sent back; somebody unmapped; copies; what is no message; what is nothing at all.
    const people = [...PEOPLE, 'replayed-nobody'].map((username) => ({ username, name: username }))
    const traffic = createCompanyTraffic({ seed: 3, people })
    for (let n = 0; n < EVENTS; n++) {
      for (const push of traffic.next().pushes) expect((await sender.push(push)).status).toBe(200)
    }
    const twice = build.flow('flow_urge', { to: [people[0]!, people[0]!] })
    for (const push of [
      ...sameBody(sender, twice, 3),
      ...notUnderstood(sender).map((one) => one.push),
      ...otherFamilies(sender, Date.now()),
    ]) {
      expect((await sender.send(push)).status).toBe(200)
    }
    const employees = await Promise.all(PEOPLE.map((name) => employeeOf(server.baseUrl, name)))
    // Acts of theirs must not be undone by what is only read again.
    for (const employee of employees) {
      const ids = (await employee.messages()).map((message) => message.id)
      await employee.act('read', ids.slice(0, 4))
      await employee.act('done', ids.slice(2, 6))
      await employee.act('star', ids.slice(5, 7))
    }
    const whatIsThere = async () => ({
      messages: await Promise.all(employees.map((employee) => employee.messages())),
      balance: await admin.balance(id),
      deliveries: await admin.deliveries(`&connection=${id}`),
    })
    await expectBalanced(admin, id)
    const before = await whatIsThere()
    const verdicts = times(before.deliveries.map(({ verdict }) => verdict))
    expect(Object.keys(verdicts).sort()).toEqual(['accepted', 'dead', 'duplicate', 'other'])

    // A copy has nothing of its own to read.
    const readable = before.deliveries.filter(({ verdict }) => verdict !== 'duplicate')
    const queue = [...readable, ...readable.toReversed()].map((one) => one.id)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) await admin.replay(next)
      }),
    )
    expect(await whatIsThere()).toEqual(before)
    await expectBalanced(admin, id)
    await Promise.all(employees.map((employee) => employee.close()))
  } finally {
    await admin.archive(id)
    await admin.close()
  }
})
