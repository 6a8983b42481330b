import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '@/lib/contracts/messages'
import { aMessage, someCounts } from '@/lib/client/messages/fixtures/message'
import { itemsOf, type CachedList } from '@/lib/client/messages/list'
import { queryKeys } from '@/lib/client/query-keys'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { useActs } from './acts-provider'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' }))
afterEach(() => vi.unstubAllGlobals())

const todo = { view: 'todo' }
const three = ['3', '2', '1'].map((id) => aMessage({ id, connector: 'office' }))
const counts = someCounts({ views: { todo: 3, unread: 3, cc: 0, starred: 0, snoozed: 0, done: 0 } })

function Buttons() {
  const { act, actOnList, undo } = useActs()
  return (
    <>
      <button onClick={() => void act({ action: 'done' }, ['2'])}>done</button>
      <button onClick={() => void act({ action: 'done' }, ['1', '2', '3'])}>all done</button>
      <button onClick={() => void act({ action: 'star' }, ['2'])}>star</button>
      <button onClick={() => void act({ action: 'read' }, ['2'], { quiet: true })}>by the way</button>
      <button
        onClick={() =>
          void actOnList({ action: 'read' }, { filter: { view: 'todo' }, through: '9', shown: ['3', '2'] })
        }
      >
        read all
      </button>
      <button onClick={() => void undo()}>undo</button>
    </>
  )
}

const setUp = () => renderInbox(<Buttons />, { lists: [[todo, three]], counts })
type Client = ReturnType<typeof setUp>['client']
const shown = (client: Client) => itemsOf(client.getQueryData<CachedList>(['messages', 'list', todo]))
const ids = (client: Client) => shown(client).map(({ id }) => id)
const find = (client: Client, id: string) => shown(client).find((message) => message.id === id) as Message
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

describe('acts', () => {
  it('show at once, before the server has answered', async () => {
    let answer = () => {}
    serveApi({
      'POST /api/v1/messages/actions': () =>
        new Promise((resolve) => (answer = () => resolve({ changed: 1, undo: 'u' }))),
    })
    const { client } = setUp()
    await press('done')
    await waitFor(() => expect(ids(client)).toEqual(['3', '1']))
    expect(client.getQueryData(queryKeys.messages.counts)).toMatchObject({
      views: { todo: 2, unread: 2, done: 1 },
    })
    expect(screen.queryByText('已完成 1 条')).toBeNull()
    answer()
    expect(await screen.findByText('已完成 1 条')).toBeVisible()
  })

  it('are taken back, with the reason, when they fail', async () => {
    serveApi({
      'POST /api/v1/messages/actions': () => {
        throw { code: 'unavailable', message: '服务暂时不可用' }
      },
    })
    const { client } = setUp()
    await press('done')
    expect(await screen.findByText('没能完成，已还原')).toBeVisible()
    expect(screen.getByText('服务暂时不可用')).toBeVisible()
    expect(ids(client)).toEqual(['3', '2', '1'])
  })

  it('say how many, and come back by the toast’s button', async () => {
    const calls = serveApi({
      'POST /api/v1/messages/actions': () => ({ changed: 3, undo: 'token' }),
      'POST /api/v1/messages/undo': () => ({ changed: 3 }),
    })
    const { client } = setUp()
    await press('all done')
    await screen.findByText('已完成 3 条')
    expect(ids(client)).toEqual([])
    await press('撤销')
    expect(await screen.findByText('已撤销 3 条')).toBeVisible()
    expect(ids(client)).toEqual(['3', '2', '1'])
    expect(calls.find(({ path }) => path.endsWith('/undo'))?.body).toEqual({ undo: 'token' })
  })

  it('say nothing of one star: it shows; undo takes it back all the same', async () => {
    serveApi({
      'POST /api/v1/messages/actions': () => ({ changed: 1, undo: 'token' }),
      'POST /api/v1/messages/undo': () => ({ changed: 1 }),
    })
    const { client } = setUp()
    await press('star')
    await waitFor(() => expect(find(client, '2').starredAt).not.toBeNull())
    await press('undo')
    expect(await screen.findByText('已撤销 1 条')).toBeVisible()
    expect(find(client, '2').starredAt).toBeNull()
  })

  it('undo what was meant, not what happened by the way after it', async () => {
    const calls = serveApi({
      'POST /api/v1/messages/actions': ({ body }) => ({
        changed: 1,
        undo: (body as { action: string }).action === 'star' ? 'star-token' : 'read-token',
      }),
      'POST /api/v1/messages/undo': () => ({ changed: 1 }),
    })
    setUp()
    await press('star')
    await press('by the way')
    await press('undo')
    await screen.findByText('已撤销 1 条')
    await press('undo')
    const undone = () => calls.filter(({ path }) => path.endsWith('/undo')).map(({ body }) => body)
    await waitFor(() => expect(undone()).toEqual([{ undo: 'star-token' }, { undo: 'read-token' }]))
  })

  it('stay done when it is too late to undo', async () => {
    serveApi({
      'POST /api/v1/messages/actions': () => ({ changed: 1, undo: 'token' }),
      'POST /api/v1/messages/undo': () => {
        throw { code: 'undo_expired', message: '已超过可撤销的时间' }
      },
    })
    const { client } = setUp()
    await press('done')
    await screen.findByText('已完成 1 条')
    await press('撤销')
    expect(await screen.findByText('已超过可撤销的时间')).toBeVisible()
    expect(ids(client)).toEqual(['3', '1'])
  })

  it('say so when there is nothing to undo', async () => {
    serveApi({})
    setUp()
    await press('undo')
    expect(await screen.findByText('没有可撤销的操作')).toBeVisible()
  })

  it('on a list send its words and how far it was seen, and change only what was seen', async () => {
    const calls = serveApi({ 'POST /api/v1/messages/actions': () => ({ changed: 120, undo: 'token' }) })
    const { client } = setUp()
    await press('read all')
    expect(await screen.findByText('120 条已读')).toBeVisible()
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      action: 'read',
      filter: { view: 'todo' },
      through: '9',
    })
    expect(find(client, '3')).toMatchObject({ sync: 'pending' })
    expect(find(client, '1').readAt).toBeNull()
  })
})
