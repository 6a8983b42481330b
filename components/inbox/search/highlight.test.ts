import { describe, expect, it } from 'vitest'
import { highlight, needlesOf } from './highlight'

/** The text with what is marked in brackets. */
const marked = (text: string, q: string) =>
  highlight(text, needlesOf(q))
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('')

describe('highlight', () => {
  it.each([
    ['采购申请 · 小云', '采购', '[采购]申请 · 小云'],
    ['采购与采购', '采购', '[采购]与[采购]'],
    ['Huawei HUAWEI', 'huawei', '[Huawei] [HUAWEI]'],
    ['Ｈｕａｗｅｉ 合同', 'HUAWEI', '[Ｈｕａｗｅｉ] 合同'],
    ['合同 A-1', 'Ａ－１', '合同 [A-1]'],
    // Normalised, one character may be several, and several one.
    ['净重 5㎏ 整', 'kg', '净重 5[㎏] 整'],
    ['净重 5㎏ 整', 'g', '净重 5[㎏] 整'],
    ['①②③ 三步', '2', '①[②]③ 三步'],
    ['㈱汇信', '株', '[㈱]汇信'],
    ['cafe\u0301 au lait', 'café', '[cafe\u0301] au lait'],
    ['ｶﾞｽ 料金', 'ガス', '[ｶﾞｽ] 料金'],
    ['İstanbul 办事处', '办事', 'İstanbul [办事]处'],
    ['😀采购😀', '采购', '😀[采购]😀'],
    // Neighbours and overlaps are one mark.
    ['采购申请', '采购 申请', '[采购申请]'],
    ['采购申请', '采购申 购申请', '[采购申请]'],
    ['aaa', 'aa', '[aa]a'],
    ['第一行\n\n  第二行', '"行 第二"', '第一[行\n\n  第二]行'],
    ['<b>采购</b>', '采购', '<b>[采购]</b>'],
    ['张三发起协同', 'from:张三 form:协同 is:unread', '[张三]发起[协同]'],
    ['2026-11-01 待办', 'after:2026-11-01 is:todo', '2026-11-01 待办'],
    ['没有', '采购', '没有'],
    ['', '采购', ''],
  ])('%j by %j', (text, q, expected) => {
    expect(marked(text, q)).toBe(expected)
  })

  it('loses nothing of the text', () => {
    const text = 'İ ﬁ ㎏ \r\n 👩‍👩‍👧 한글 ｶﾞ e\u0301'
    const parts = highlight(text, ['i', 'k', ' '])
    expect(parts.map((part) => part.text).join('')).toBe(text)
  })

  it('marks nothing where nothing is searched', () => {
    expect(highlight('采购', needlesOf(null))).toEqual([{ text: '采购', hit: false }])
    expect(needlesOf('is:unread "" ')).toEqual([])
  })
})
