import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { AuditEntry } from '@/lib/contracts/activity'
import { CONNECTION_ID, exampleCard, exampleConnection } from '../../testing/example-connection'
import { fakeApi } from '../../testing/fake-api'
import { renderPage } from '../../testing/render-page'
import { useAuditSentence } from './audit-sentence'

afterEach(() => void vi.unstubAllGlobals())

const entry = (action: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '1',
  at: '2026-11-21T02:00:00Z',
  actor: 'admin',
  action,
  subject: 'the-subject',
  subjectName: null,
  detail: {},
  ...more,
})

function Told({ of }: { of: AuditEntry }) {
  const { text, more } = useAuditSentence()(of)
  return <p data-testid="told">{[text, ...more].join(' | ')}</p>
}

async function told(of: AuditEntry): Promise<string | null> {
  fakeApi({
    'GET /api/v1/connectors': () => ({ body: { items: [exampleCard()] } }),
    'GET /api/v1/admin/connections': () => ({ body: { items: [exampleConnection({ name: '总部' })] } }),
  })
  renderPage(
    <>
      <Loaded />
      <Told of={of} />
    </>,
  )
  await screen.findByText('loaded')
  return screen.getByTestId('told').textContent
}

/** Says when connections and cards are there, whose names the sentences use. */
function Loaded() {
  const { text } = useAuditSentence()(
    entry('mapping.delete', { subjectName: 'x', detail: { connectionId: CONNECTION_ID } }),
  )
  const settings = useAuditSentence()(
    entry('connection.change', { subject: CONNECTION_ID, detail: { settings: ['secret'] } }),
  )
  return text.includes('总部') && settings.more[0]?.includes('标签') ? 'loaded' : 'loading'
}

it.each<[string, Partial<AuditEntry>, string]>([
  ['connection.create', { detail: { name: '总部' } }, '添加了连接「总部」'],
  [
    'connection.change',
    {
      subject: CONNECTION_ID,
      subjectName: '总部',
      detail: { settings: ['secret', 'retired'], name: '总部', before: '分部', reopens: true },
    },
    '修改了连接「总部」 | 改名：分部 → 总部 | 改动：标签 secret、retired | 重新打开了接收窗口',
  ],
  ['connection.purge', { detail: { name: '总部' } }, '删除了连接「总部」和它的全部消息'],
  [
    'connection.send',
    { subjectName: '总部', detail: { receivers: 3, text: '今晚停机…', link: true } },
    '往「总部」发送消息，3 人 | 今晚停机…',
  ],
  [
    'mapping.put',
    {
      subjectName: '小云',
      detail: {
        connectionId: CONNECTION_ID,
        username: 'lisi',
        externalId: 'R-1',
        delivered: 7,
        replaced: ['3'],
        history: 'none',
      },
    },
    '把「总部」的「小云」对应给了 lisi | 替换了原来的对应 | 送达 7 条等着的消息',
  ],
  [
    'mapping.put',
    { detail: { connectionId: 'gone', username: 'lisi', loginName: 'zhang', delivered: 0, replaced: [] } },
    '把「zhang」对应给了 lisi',
  ],
  [
    'mapping.delete',
    { subjectName: '小云', detail: { connectionId: CONNECTION_ID } },
    '解除了「总部」的「小云」的对应',
  ],
  [
    'mapping.import',
    { detail: { rows: 20, usersCreated: 3, mapped: 12, delivered: 40 } },
    '导入了 20 行人员对应 | 新建 3 名员工，新增 12 个对应，送达 40 条消息',
  ],
  [
    'user.create',
    { detail: { username: 'lisi', name: '李四', role: 'admin' } },
    '添加了员工 李四 (lisi) | 角色：管理员',
  ],
  [
    'user.change',
    {
      subjectName: 'lisi',
      detail: {
        role: { from: 'employee', to: 'admin' },
        email: { from: 'a@b.example', to: null },
        password: 'changed',
      },
    },
    '修改了员工 lisi | 邮箱：a@b.example → 无 | 角色：员工 → 管理员 | 重设了密码',
  ],
  [
    'user.change',
    { subjectName: 'lisi', detail: { disabled: { from: false, to: true } } },
    '停用了员工 lisi',
  ],
  ['user.change', { subjectName: 'lisi', detail: { password: 'changed' } }, '重设了 lisi 的密码'],
  ['user.invite', { detail: { username: 'lisi' } }, '给 lisi 生成了一次性链接'],
  ['user.accept_invitation', {}, '用一次性链接设了密码'],
  ['user.sign_on', { detail: { connectionId: CONNECTION_ID, loginName: 'zhang' } }, '从「总部」登录'],
  [
    'delivery.replay',
    { subject: '12', detail: { before: 'dead', after: 'accepted' } },
    '重放了推送 12 | 死信 → 已送达',
  ],
  ['token.create', { detail: { name: '报表' } }, '创建了令牌「报表」'],
  ['token.delete', {}, '删除了一个令牌'],
])('%s %j is told as “%s”', async (action, more, sentence) => {
  expect(await told(entry(action, more))).toBe(sentence)
})

it('tells plainly what it does not know', async () => {
  expect(await told(entry('rule.create', { subject: '9', detail: { of: 'x' } }))).toBe(
    'rule.create · 9 | {"of":"x"}',
  )
})

it('takes no action for something that every object has', async () => {
  expect(await told(entry('toString'))).toBe('toString · the-subject')
})

it('does without what an entry of another day lacks', async () => {
  expect(await told(entry('mapping.put', { detail: { delivered: 'many', replaced: null } }))).toBe(
    '把「the-subject」对应给了 ?',
  )
})
