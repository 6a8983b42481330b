import { describe, expect, it } from 'vitest'
import { editorIn, readContentLines } from './content-lines'

const CREATE = 'data_create_message'
const UPDATE = 'data_update_message'
const fields = (content: string, op = CREATE) =>
  readContentLines(op, content).fields.map(({ label, value }) => [label, value])
const changes = (content: string) =>
  readContentLines(UPDATE, content).changes.map(({ label, from, to }) => [label, from, to])

describe('fields', () => {
  it("are the lines of the page's example", () => {
    const content =
      '单行文本: 123\n多行文本: 1233\n数字: 123\n成员单选: codingmagic1\n部门单选: 研发\n日期时间: 2019-06-13'
    expect(fields(content)).toEqual([
      ['单行文本', '123'],
      ['多行文本', '1233'],
      ['数字', '123'],
      ['成员单选', 'codingmagic1'],
      ['部门单选', '研发'],
      ['日期时间', '2019-06-13'],
    ])
  })

  it.each([
    ['预警来源：库存应用>华南区盘点>库存剩余量', ['预警来源', '库存应用>华南区盘点>库存剩余量']],
    ['请假人:小云', ['请假人', '小云']],
    ['日期时间: 2019-06-13 10:30:00', ['日期时间', '2019-06-13 10:30:00']],
    ['附件: https://a.example/x: y', ['附件', 'https://a.example/x: y']],
    ['附件:https://a.example', ['附件', 'https://a.example']],
    ['会议(10:30)地点: 三楼', ['会议(10:30)地点', '三楼']],
    ['说明：a: b', ['说明', 'a: b']],
    ['  说明 :  两边的空白  ', ['说明', '两边的空白']],
    ['备注:', ['备注', '']],
    ['备注: ', ['备注', '']],
    ['类型1：2', ['类型1', '2']],
    ['类型1: 2', ['类型1', '2']],
    ['行分隔: 甲\u2028乙', ['行分隔', '甲\u2028乙']],
  ])('reads %j', (line, field) => {
    expect(fields(line)).toEqual([field])
  })

  it('go on where a line has no label', () => {
    expect(fields('地址: 北京市\n海淀区\n\n学院路 30 号\n电话: 1')).toEqual([
      ['地址', '北京市\n海淀区\n\n学院路 30 号'],
      ['电话', '1'],
    ])
    expect(fields('备注: 看\nhttps://a.example\n10:30 到\n: 空\n')).toEqual([
      ['备注', '看\nhttps://a.example\n10:30 到\n: 空'],
    ])
    expect(fields(`备注: 看\n${'长'.repeat(201)}: 值`)[0]![1]).toContain(': 值')
  })

  it('may end lines as Windows does', () => {
    expect(fields('a: 1\r\nb: 2\rc: 3')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ])
  })

  it('are none in a text without labels', () => {
    expect(fields('小云的生日到了')).toEqual([])
    expect(fields('')).toEqual([])
    expect(fields('前言\n标题: 一')).toEqual([['标题', '一']])
  })

  it('keep the same label twice', () => {
    expect(fields('明细: 1\n明细: 2')).toEqual([
      ['明细', '1'],
      ['明细', '2'],
    ])
  })

  it('are at most 200, none with the text of another', () => {
    const lines = Array.from({ length: 250 }, (_, i) => `f${i}: ${i}`)
    const found = fields(lines.join('\n'))
    expect(found).toHaveLength(200)
    expect(found.at(-1)).toEqual(['f199', '199'])
  })

  it('are cut where too long to keep', () => {
    const [[label, value]] = fields(`${'标'.repeat(200)}: ${'x'.repeat(5_000)}`) as [[string, string]]
    expect(label).toHaveLength(200)
    expect(value).toBe(`${'x'.repeat(3_999)}…`)
  })

  it('take an arrow for text where nothing was changed', () => {
    expect(fields('路线: 北京→上海')).toEqual([['路线', '北京→上海']])
    expect(readContentLines(CREATE, '路线: 北京→上海').changes).toEqual([])
  })

  it('read a megabyte in no time', () => {
    const started = performance.now()
    readContentLines(CREATE, 'a'.repeat(1_000_000))
    readContentLines(CREATE, ':'.repeat(1_000_000))
    readContentLines(CREATE, 'a:1 '.repeat(250_000))
    readContentLines(UPDATE, `a: ${'→'.repeat(300_000)}`)
    readContentLines(CREATE, '\n'.repeat(1_000_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('changes', () => {
  it("are those of the page's example, beside who and what", () => {
    const content = '修改人: test_li\n数据标题: 1231\n单行文本: 123→1231\n成员单选: codingmagic1→codingjun'
    expect(changes(content)).toEqual([
      ['单行文本', '123', '1231'],
      ['成员单选', 'codingmagic1', 'codingjun'],
    ])
    expect(fields(content, UPDATE)).toEqual([
      ['修改人', 'test_li'],
      ['数据标题', '1231'],
    ])
  })

  it('may begin or end with nothing', () => {
    expect(changes('a: →新\nb: 旧→\nc: →\nd: 旧 → 新')).toEqual([
      ['a', '', '新'],
      ['b', '旧', ''],
      ['c', '', ''],
      ['d', '旧', '新'],
    ])
  })

  it('may be of several lines, and part at the first arrow', () => {
    expect(changes('地址: 北京\n海淀→上海\n浦东\n路线: a→b→c')).toEqual([
      ['地址', '北京\n海淀', '上海\n浦东'],
      ['路线', 'a', 'b→c'],
    ])
  })

  it('leave arrows in the title and the name alone', () => {
    const content = '修改人: a→b\n数据标题: 北京→上海\n状态: 待审'
    expect(changes(content)).toEqual([])
    expect(fields(content, UPDATE)).toEqual([
      ['修改人', 'a→b'],
      ['数据标题', '北京→上海'],
      ['状态', '待审'],
    ])
  })
})

describe('editorIn', () => {
  const editor = (op: string, content: string) => editorIn(op, readContentLines(op, content).fields)

  it('is 修改人 of an update only', () => {
    expect(editor(UPDATE, '修改人: 小云\n数据标题: 病假申请')).toBe('小云')
    expect(editor(UPDATE, '修改人：小云')).toBe('小云')
    expect(editor(UPDATE, '数据标题: 病假申请')).toBeNull()
    expect(editor(UPDATE, '修改人: ')).toBeNull()
    expect(editor(CREATE, '修改人: 小云')).toBeNull()
    expect(editor(UPDATE, `修改人: ${'x'.repeat(101)}`)).toHaveLength(100)
  })
})
