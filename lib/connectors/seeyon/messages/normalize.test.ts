import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTolerantJson } from '@/lib/shared/lossless-json'
import type { ScannedItem } from '../../contract'
import { messageRow } from '../rest/schemas'
import en from '../texts.en.json'
import { categoryOf, moduleName, normalizeRow } from './normalize'

const NOW = new Date('2025-11-03T02:00:00Z')
const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')

/** As a row of a page comes to be normalised. */
function normalized(raw: unknown): ScannedItem {
  return normalizeRow({ ...messageRow.parse(raw), id: '1' }, NOW)
}
const content = (raw: Record<string, unknown>) => normalized(raw).content

describe('the sample on the vendor’s page', () => {
  const expected = {
    category: 'notice',
    type: '10',
    action: null,
    title: '张三发起调查《调查样式1》',
    plainTitle: false,
    subtitle: '调查',
    text: '张三发起调查《调查样式1》',
    fields: [],
    changes: [],
    sender: '张三',
    sentAt: new Date(1397631785000),
    link: null,
    linkRef: {
      linkType: 'message.link.inq.alreadyauditing',
      referenceId: '1524058743291659976',
      linkParam0: '1524058743291659976',
    },
    openType: 'window',
    count: null,
    important: false,
    threadKey: 'ref:1524058743291659976',
    folding: null,
  }

  it('is read whole', () => {
    expect(normalized(parseTolerantJson(fixture('vendor-page-message.json')))).toEqual({
      externalId: '1',
      read: false,
      content: expected,
    })
  })

  it('is the same with every number as text', () => {
    expect(content(parseTolerantJson(fixture('numbers-as-text.json')) as Record<string, unknown>)).toEqual(
      expected,
    )
  })
})

it('a page of many kinds is read as it is meant', () => {
  const rows = parseTolerantJson(fixture('page-mixed.json')) as unknown[]
  const told = rows
    .map(normalized)
    .map(({ read, content: { category, subtitle, sender, openType, important, threadKey } }) =>
      [
        category,
        subtitle,
        sender,
        openType,
        important ? 'important' : '',
        threadKey,
        read ? 'read' : '',
      ].join(' | '),
    )
  expect(told).toEqual([
    'todo | 协同 | 李四 | workarea | important | ref:2197872205573017031 | ',
    'todo | 会议 | 王五 | window |  | ref:-4387645918244910372 | ',
    'notice | 第三方整合 |  | window |  |  | read',
    'notice | 其他 |  |  |  | ref:7 | ',
    'result | 协同 | 李四 | window |  | ref:2197872205573017031 | ',
  ])
})

describe('category', () => {
  it.each([
    ['message.link.col.pending', 'todo'],
    ['message.link.edoc.pending', 'todo'],
    ['message.link.bul.auditing', 'todo'],
    ['message.link.inq.auditing', 'todo'],
    ['message.link.mt.send', 'todo'],
    ['message.link.mt.invite', 'todo'],
    ['message.link.plugin.own.pending', 'todo'],
    ['message.link.col.done.detail', 'result'],
    ['message.link.edoc.done', 'result'],
    ['message.link.edoc.sended', 'result'],
    ['message.link.col.supervise', 'result'],
    ['message.link.inq.alreadyauditing', 'notice'],
    ['message.link.bul.alreadyauditing', 'notice'],
    ['message.link.inquiry.send', 'notice'],
    ['message.link.plan.send', 'notice'],
    ['message.link.mt.room_perm', 'notice'],
    ['message.link.mtCreater', 'notice'],
    ['message.link.col.waiSend', 'notice'],
    ['message.link.abandoned', 'notice'],
    ['message.link.smt.send', 'notice'],
    ['never.seen', 'notice'],
    ['', 'notice'],
    [null, 'notice'],
  ])('of %s is %s', (linkType, category) => {
    expect(categoryOf(linkType)).toBe(category)
    expect(content({ linkType }).category).toBe(category)
  })
})

describe('module', () => {
  it.each([
    [1, '1', '协同'],
    ['4', '4', '公文'],
    [0, '0', '全局'],
    [999, '999', '回退数据'],
    [46, '46', '其他'],
    [5_000, '5000', '其他'],
    [null, 'other', '其他'],
    [undefined, 'other', '其他'],
    ['constructor', 'constructor', '其他'],
  ])('of messageCategory %j: type %s, named %s', (messageCategory, type, subtitle) => {
    expect(content({ messageCategory })).toMatchObject({ type, subtitle })
  })

  it('has a name in English for each', () => {
    for (const [code, name] of Object.entries(en.types)) {
      expect(name).not.toMatch(/[\u4e00-\u9fff]/)
      expect(moduleName(code)).not.toBe('')
    }
  })
})

describe('what may be missing or strange', () => {
  it('is all but the id', () => {
    expect(normalized({})).toEqual({
      externalId: '1',
      read: false,
      content: {
        ...{
          category: 'notice',
          type: 'other',
          action: null,
          title: '其他',
          plainTitle: false,
          subtitle: '其他',
        },
        ...{ text: null, fields: [], changes: [], sender: null, sentAt: NOW, link: null, linkRef: null },
        ...{ openType: null, count: null, important: false, threadKey: null, folding: null },
      },
    })
  })

  it.each([
    [1397631785000, '2014-04-16T07:03:05.000Z'],
    ['1397631785000', '2014-04-16T07:03:05.000Z'],
    [1397631785000.7, '2014-04-16T07:03:05.000Z'],
    [null, NOW.toISOString()],
    ['', NOW.toISOString()],
    ['yesterday', NOW.toISOString()],
    [0, NOW.toISOString()],
    [-5, NOW.toISOString()],
    ['9223372036854775807', NOW.toISOString()],
    [{ time: 1 }, NOW.toISOString()],
  ])('creationDate %j is %s', (creationDate, iso) => {
    expect(content({ creationDate }).sentAt.toISOString()).toBe(iso)
  })

  it.each([
    [0, 'window'],
    ['1', 'workarea'],
    [2, null],
    [null, null],
  ])('openType %j is %s', (openType, expected) => expect(content({ openType }).openType).toBe(expected))

  it.each([
    [1, false],
    [2, true],
    ['3', true],
    [null, false],
    ['high', false],
  ])('importantLevel %j is important: %s', (importantLevel, expected) =>
    expect(content({ importantLevel }).important).toBe(expected),
  )

  it.each([
    [true, true],
    ['true', true],
    [1, true],
    [false, false],
    ['false', false],
    [null, false],
    [undefined, false],
  ])('isRead %j is read: %s', (isRead, expected) => expect(normalized({ isRead }).read).toBe(expected))

  it.each(['0', -1, null, '', 'abc'])('reference %j makes no thread', (referenceId) => {
    expect(content({ referenceId, linkType: 'x' })).toMatchObject({
      threadKey: null,
      linkRef: { linkType: 'x' },
    })
    expect(content({ referenceId, linkType: 'x' }).linkRef).not.toHaveProperty('referenceId')
  })

  it.each([
    [{ senderId: '-1' }, null],
    [{ senderId: -1, senderName: '' }, null],
    [{ senderId: -1, senderName: ' ' }, null],
    [{ senderId: -1, senderName: '系统管理员' }, '系统管理员'],
    [{ senderId: '5', senderName: '张三' }, '张三'],
  ])('sender of %j is %s', (row, sender) => expect(content(row).sender).toBe(sender))

  it('keeps a long text whole and cuts the title', () => {
    const messageContent = '长'.repeat(3_000)
    expect(content({ messageContent }).text).toBe(messageContent)
    expect(content({ messageContent }).title).toBe(`${'长'.repeat(499)}…`)
  })

  it('takes year and month for 绩效, in China’s time', () => {
    const creationDate = Date.parse('2025-10-31T16:30:00Z')
    const row = { linkType: 'x', referenceId: '5', creationDate }
    expect(content({ ...row, messageCategory: 41 }).linkRef).toMatchObject({ year: '2025', month: '11' })
    expect(content({ ...row, messageCategory: 1 }).linkRef).toEqual({ linkType: 'x', referenceId: '5' })
  })

  it('keeps the link parameters that are there', () => {
    const row = {
      linkType: 'x',
      linkParam0: 12,
      linkParam1: '',
      linkParam3: '-5',
      linkParam9: 'z',
      linkParam10: 'no',
    }
    expect(content(row).linkRef).toEqual({
      linkType: 'x',
      linkParam0: '12',
      linkParam3: '-5',
      linkParam9: 'z',
    })
  })
})

it('makes a message that a database can hold of any row', () => {
  const field = fc.constantFrom(
    ...['id', 'creationDate', 'referenceId', 'messageCategory', 'messageContent', 'senderName', 'linkType'],
    ...['openType', 'importantLevel', 'isRead', 'linkParam0', 'linkParam9', 'extra', '__proto__'],
  )
  fc.assert(
    fc.property(fc.dictionary(field, fc.oneof(fc.anything(), fc.string({ unit: 'binary' }))), (row) => {
      const item = normalized(row)
      const texts = [
        item.content.title,
        item.content.text ?? '',
        item.content.sender ?? '',
        item.content.type,
      ]
      for (const text of [...texts, ...Object.values(item.content.linkRef ?? {})]) {
        expect(text.isWellFormed()).toBe(true)
        expect(text).not.toContain('\0')
      }
      expect(item.content.title).not.toBe('')
      expect(Number.isNaN(item.content.sentAt.getTime())).toBe(false)
    }),
    { numRuns: 1_000 },
  )
})
