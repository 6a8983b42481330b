import { createPushBuilders, createSender, type MessagePush } from '@/simulators/jiandaoyun'
import { createRandom } from '@/simulators/random'
import { startSeeyon } from '@/simulators/seeyon'
import type { Mapping } from '@/lib/contracts/mappings'
import type { Message } from '@/lib/contracts/messages'
import { expect, test } from '../fixtures'
import { administrator, employeeOf, expectBalanced, SECRET, times } from './administrator'

const PERSONS = ['p1', 'p2', 'p3', 'p4']
const USERS = ['remapped-a', 'remapped-b', 'remapped-c']
const HEIRS = PERSONS.map((person) => `heir-of-${person}`)
const SENDERS = 4
const MOVES = 60

test('persons change hands under load: nobody ever sees another’s message, and none is lost', async ({
  server,
}) => {
  test.slow()
  const admin = await administrator(server.baseUrl)
  const seeyon = await startSeeyon({ members: PERSONS.map((loginName) => ({ loginName, name: loginName })) })
  const { id: pushing, webhookUrl } = await admin.connectPushing('换人的简道云')
  const polled = await admin.connectPolled(seeyon, '换人的 OA')
  const connections = [pushing, polled]
  const keyOf = (connectionId: string, person: string) =>
    connectionId === polled ? { loginName: person } : { externalId: person }
  const mappings = async () => (await Promise.all(connections.map((id) => admin.mappings(id)))).flat()
  let ending = false
  try {
    for (const name of [...USERS, ...HEIRS]) await admin.addUser(name)
    const employees = await Promise.all(USERS.map((name) => employeeOf(server.baseUrl, name)))

    // What each has ever seen, while all of it goes on.
    const seen = USERS.map(() => new Map<string, Message>())
    const look = async () => {
      for (const [at, employee] of employees.entries()) {
        for (const one of await employee.messages()) {
          if (connections.includes(one.connectionId)) seen[at]!.set(one.id, one)
        }
      }
    }
    const looking = (async () => {
      while (!ending) await look()
    })()

    const sender = createSender({ webhookUrl, secret: SECRET })
    const build = createPushBuilders()
    const sent: Record<string, string[]> = Object.fromEntries(PERSONS.map((person) => [person, []]))
    const sending = Array.from({ length: SENDERS }, async (_, who) => {
      const random = createRandom(who)
      for (let n = 0; !ending; n++) {
        const title = `push ${who}-${n}`
        const to = random.shuffle(PERSONS).slice(0, random.int(1, PERSONS.length))
        expect((await sender.push(pushTo(build, to, title))).status).toBe(200)
        for (const person of to) sent[person]!.push(title)
        // Lists stay so short that each poll reads them whole.
        if (n % 4 === 0 && n < 48) {
          const person = random.pick(PERSONS)
          seeyon.send(person, { messageContent: `poll ${who}-${n}` })
          sent[person]!.push(`poll ${who}-${n}`)
        }
      }
    })

    const random = createRandom(7)
    for (let move = 0; move < MOVES; move++) {
      const connectionId = random.pick(connections)
      const person = random.pick(PERSONS)
      if (random.chance(0.25)) {
        const found = (await admin.mappings(connectionId)).find((one) => one.user && nameOf(one) === person)
        if (found) await admin.unmap(found.personId)
      } else {
        await admin.map(connectionId, random.pick(USERS), keyOf(connectionId, person), { replace: true })
      }
    }
    ending = true
    await Promise.all([looking, ...sending])

    // What a person got belongs to whoever held them then: no other ever saw it.
    await look()
    const owners = times(seen.flatMap((messages) => [...messages.keys()]))
    expect(Object.entries(owners).filter(([, count]) => count > 1)).toEqual([])
    expect(Object.keys(owners).length).toBeGreaterThan(0)
    // And now each sees what belongs to the persons that are theirs, and nothing else.
    const mapped = await mappings()
    for (const [at, employee] of employees.entries()) {
      const mine = mapped.filter(({ user }) => user?.username === USERS[at])
      for (const message of await employee.messages()) {
        const person = mine.find((one) => one.connectionId === message.connectionId)
        expect(person && sent[nameOf(person)], `${USERS[at]} sees ${titleOf(message)}`).toContain(
          titleOf(message),
        )
      }
      await employee.close()
    }

    // Whoever takes a person over with their history has all of it, once.
    for (const [at, person] of PERSONS.entries()) {
      for (const connectionId of connections) {
        const how = { replace: true, history: 'all' } as const
        await admin.map(connectionId, HEIRS[at]!, keyOf(connectionId, person), how)
      }
    }
    for (const [at, person] of PERSONS.entries()) {
      const heir = await employeeOf(server.baseUrl, HEIRS[at]!)
      const titles = async () => times((await heir.messages()).map(titleOf))
      await expect.poll(titles, { message: person, timeout: 30_000 }).toEqual(times(sent[person]!))
      await heir.close()
    }
    await expectBalanced(admin, ...connections)
  } finally {
    ending = true
    for (const id of connections) await admin.archive(id)
    await admin.close()
    await seeyon.close()
  }
})

/** What a person is called where they come from. */
const nameOf = ({ connector, externalId, loginName }: Mapping) =>
  connector === 'seeyon' ? loginName! : externalId!

/** Pushes carry their name in the form, polled messages in the title. */
const titleOf = ({ title, subtitle }: Message) => (title.startsWith('poll ') ? title : subtitle!)

function pushTo(build: ReturnType<typeof createPushBuilders>, to: string[], entryName: string): MessagePush {
  const recipients = to.map((username) => ({ username, name: username }))
  return build.flow('flow_forward', { to: recipients, entryName, engine: 'old' })
}
