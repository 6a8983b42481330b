import { fireEvent, screen, waitForElementToBeRemoved, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SendOutcome } from '@/lib/contracts/sending'
import type { User } from '@/lib/contracts/users'
import { CONNECTION_ID, exampleCard, exampleConnection } from '../testing/example-connection'
import { fakeApi, refusal } from '../testing/fake-api'
import { renderPage } from '../testing/render-page'
import { SendPage } from './send-page'

// Finding by role takes its time on a loaded machine.
vi.setConfig({ testTimeout: 15_000 })

afterEach(() => void vi.unstubAllGlobals())

const PLACE = `/api/v1/admin/connections/${CONNECTION_ID}`
const user = (username: string, name: string, more: Partial<User> = {}): User => ({
  id: username,
  username,
  name,
  email: null,
  role: 'employee',
  disabled: false,
  createdAt: '2026-11-21T02:00:00Z',
  lastSeenAt: null,
  connections: [{ id: CONNECTION_ID, name: '某系统' }],
  ...more,
})
const USERS = [
  user('li', '李四'),
  user('wang', '王五'),
  user('zhao', '赵六', { connections: [] }),
  user('qian', '钱七', { disabled: true }),
]

type Answer = Parameters<typeof fakeApi>[0][string]

function page(answer: Answer = () => ({ body: { result: [] } }), sends = true) {
  const requests = fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [exampleCard({ sends })] } }),
    [`GET ${PLACE}`]: () => ({ body: exampleConnection({ state: 'active' }) }),
    'GET /api/v1/admin/users': ({ query }) => {
      const q = query.get('q') ?? ''
      return { body: { items: USERS.filter(({ name }) => name.includes(q)), nextCursor: null } }
    },
    [`POST ${PLACE}/send`]: answer,
  })
  const rendered = renderPage(<SendPage id={CONNECTION_ID} />)
  return { ...rendered, sent: () => requests.filter(({ method }) => method === 'POST') }
}

const results = (...result: SendOutcome[]) => ({ body: { result } })
const outcome = (username: string, state: SendOutcome['state'], detail: string | null = null) => ({
  username,
  state,
  detail,
})
const BOX = { selector: '[role=checkbox]' }
const box = (name: RegExp) => screen.findByLabelText(name, BOX)
const write = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const button = (name: string) => screen.getByRole('button', { name })

/** Everything filled in, and the question asked. */
async function asked({ user: hands }: ReturnType<typeof page>) {
  await hands.click(await box(/李四/))
  await hands.click(await box(/王五/))
  write(/^内容/, '今晚停机')
  await hands.click(button('发送'))
  return screen.findByRole('alertdialog', { name: '向 2 人发送' })
}

describe('choosing', () => {
  it('takes only who is mapped there and not disabled, and says so of the others', async () => {
    page()
    expect(await box(/李四/)).toBeEnabled()
    expect(await box(/赵六.*未对应/)).toBeDisabled()
    expect(await box(/钱七.*已停用/)).toBeDisabled()
  })

  it('keeps who was chosen while others are searched, and lets them go again', async () => {
    const { user: hands } = page()
    await hands.click(await box(/李四/))
    write(/^搜索/, '王')
    await waitForElementToBeRemoved(() => screen.queryByLabelText(/李四/, BOX))
    await hands.click(await box(/王五/))
    expect(screen.getByText('已选 2 人')).toBeVisible()
    await hands.click(button('取消选择李四'))
    expect(screen.getByText('已选 1 人')).toBeVisible()
  })

  it('says when nobody is found', async () => {
    page()
    await box(/李四/)
    write(/^搜索/, '没有这个人')
    expect(await screen.findByText('没有找到')).toBeVisible()
  })
})

describe('writing', () => {
  it('counts, and can be sent once there is somebody and something', async () => {
    const { user: hands } = page()
    await hands.click(await box(/李四/))
    expect(button('发送')).toBeDisabled()
    write(/^内容/, '四个汉字')
    expect(screen.getByText('4 / 1000')).toBeVisible()
    expect(button('发送')).toBeEnabled()
  })

  it('takes only web addresses for a link', async () => {
    const { user: hands } = page()
    await hands.click(await box(/李四/))
    write(/^内容/, '好')
    write(/^链接/, 'javascript:alert(1)')
    expect(screen.getByLabelText(/^链接/)).toBeInvalid()
    expect(button('发送')).toBeDisabled()
  })
})

describe('sending', () => {
  it('asks first, naming how many, and sends what was written', async () => {
    const here = page(() => results(outcome('li', 'sent'), outcome('wang', 'sent')))
    const dialog = await asked(here)
    expect(within(dialog).getByText('今晚停机')).toBeVisible()
    expect(here.sent()).toEqual([])
    await here.user.click(within(dialog).getByRole('button', { name: '向 2 人发送' }))
    expect(await screen.findByText('2 人中 2 人已发送。')).toBeVisible()
    expect(here.sent().map(({ body }) => body)).toEqual([{ users: ['li', 'wang'], text: '今晚停机' }])
    expect(screen.getByRole('heading', { name: '发送结果' })).toHaveFocus()
  })

  it('can be left without sending', async () => {
    const here = page()
    const dialog = await asked(here)
    await here.user.click(within(dialog).getByRole('button', { name: '取消' }))
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument()
    expect(here.sent()).toEqual([])
    expect(screen.getByLabelText(/^内容/)).toHaveValue('今晚停机')
  })

  const send = async (here: ReturnType<typeof page>) => {
    const dialog = await asked(here)
    await here.user.click(within(dialog).getByRole('button', { name: '向 2 人发送' }))
  }

  it('tells each receiver’s result, and warns of what is not certain', async () => {
    await send(page(() => results(outcome('li', 'refused', '没有权限'), outcome('wang', 'unclear', '超时'))))
    const [first, second] = await screen.findAllByRole('listitem')
    expect(first).toHaveTextContent('王五wang未确认，请勿重复发送超时')
    expect(second).toHaveTextContent('李四li被拒绝没有权限')
    expect(screen.getByText(/再发一次，对方会收到两条/)).toBeVisible()
    expect(screen.queryByRole('button', { name: /重选/ })).not.toBeInTheDocument()
  })

  it('lets those be chosen again to whom it certainly was not sent', async () => {
    const here = page(() => results(outcome('li', 'unclear'), outcome('wang', 'not_sent', '连不上')))
    await send(here)
    await here.user.click(await screen.findByRole('button', { name: '重选没有发出的 1 人' }))
    expect(await box(/王五/)).toBeChecked()
    expect(await box(/李四/)).not.toBeChecked()
    expect(screen.getByLabelText(/^内容/)).toHaveValue('今晚停机')
  })

  it('says the server’s words where it refuses all of it', async () => {
    const here = page(() => refusal(409, 'conflict', '还没有填写发送者'))
    await send(here)
    expect(await screen.findByText('还没有填写发送者')).toBeVisible()
    expect(screen.getByRole('alertdialog')).toBeVisible()
  })

  it('holds everything for unclear where no answer comes', async () => {
    const here = page(() => {
      throw new TypeError('the connection was cut')
    })
    await send(here)
    expect(await screen.findAllByText('未确认，请勿重复发送')).toHaveLength(2)
    expect(screen.getAllByText(/不要马上重发/)).toHaveLength(2)
    expect(here.sent()).toHaveLength(1)
  })
})

it('says so where the system cannot be sent to', async () => {
  page(undefined, false)
  expect(await screen.findByText('不能往这个连接发送')).toBeVisible()
})
