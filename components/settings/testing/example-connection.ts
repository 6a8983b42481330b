import type { CardField, ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'

/** A setting of an invented connector. */
export function field(name: string, kind: CardField['kind'], more: Partial<CardField> = {}): CardField {
  return {
    name,
    kind,
    label: `标签 ${name}`,
    help: `说明 ${name}`,
    required: false,
    advanced: false,
    rotates: false,
    ...more,
  }
}

/** The card of an invented connector that pushes. */
export function exampleCard(more: Partial<ConnectorCard> = {}): ConnectorCard {
  return {
    connector: 'example',
    name: '某系统',
    about: '一个例子',
    tile: { letter: '某', hue: 200 },
    open: '在某系统中打开',
    tellsRead: false,
    pushes: true,
    pulls: false,
    sends: false,
    directory: false,
    fields: [field('secret', 'secret', { rotates: true }), field('hosts', 'list', { advanced: true })],
    guide: [
      { id: 'address', title: '填地址', text: '填到那边' },
      { id: 'test', title: '测试', text: '点测试', check: 'received' },
      { id: 'secret', title: '生成密钥', text: '复制到这里' },
      { id: 'save', title: '保存', text: '在那边保存', check: 'test' },
    ],
    mappingKeys: [{ key: 'externalId', label: '成员编号', help: '那边的编号' }],
    types: {},
    ops: {},
    actions: {},
    checks: { secret: '密钥' },
    ...more,
  }
}

export const CONNECTION_ID = '3f1a1f3e-6f57-4a42-9a3e-0f6c2f0f8a10'

/** A connection of that connector, in set-up. */
export function exampleConnection(more: Partial<ConnectionDetail> = {}): ConnectionDetail {
  return {
    id: CONNECTION_ID,
    connector: 'example',
    name: '某系统',
    state: 'setup',
    webhookUrl: `https://huixin.test/api/webhooks/${CONNECTION_ID}`,
    settings: { hosts: ['example.com'] },
    secretsSet: [],
    setupUntil: '2026-11-21T02:30:00Z',
    createdAt: '2026-11-21T02:00:00Z',
    archivedAt: null,
    lastSuccessAt: null,
    failingSince: null,
    lastError: null,
    persons: { mapped: 0, unmapped: 0, waiting: 0 },
    canImportPeople: false,
    setupCalls: [],
    refusals: { counts: {}, last: [] },
    ...more,
  }
}
