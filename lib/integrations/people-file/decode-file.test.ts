import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { decodeFile } from './decode-file'

const TEXT = '用户名,姓名\r\nzhang,张三😀\r\n'
const utf16be = () => Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()

test.each([
  ['UTF-8', Buffer.from(TEXT), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
  ['GB18030', iconv.encode(TEXT, 'gb18030'), 'gb18030'],
  ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16'],
  ['UTF-16, big end first', utf16be(), 'utf-16'],
])('%s is read', (_, bytes, encoding) => {
  expect(decodeFile(bytes)).toEqual({ text: TEXT, encoding })
})

test('GBK, as older programs write it, is a part of GB18030', () => {
  const bytes = iconv.encode('用户名,姓名\nzhang,张三', 'gbk')
  expect(decodeFile(bytes)).toEqual({ text: '用户名,姓名\nzhang,张三', encoding: 'gb18030' })
})

const bad = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid_input', message: expect.stringMatching(message) })

test.each([
  ['a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2]), /workbook/],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /workbook/],
  ['neither UTF-8 nor GB18030', Buffer.from([0x61, 0xff, 0xff, 0x2c]), /encoding/],
  ['marked as UTF-8 without being it', Buffer.from([0xef, 0xbb, 0xbf, 0xd5, 0xc5]), /encoding/],
  ['half of a UTF-16 character', Buffer.from([0xff, 0xfe, 0x61]), /encoding/],
  ['with a NUL', Buffer.from('a,b\n\0,c'), /encoding/],
  ['empty', Buffer.alloc(0), /empty/],
  ['blank', Buffer.from('\ufeff \r\n '), /empty/],
])('what is %s is refused', (_, bytes, message) => {
  expect(() => decodeFile(bytes)).toThrow(bad(message))
})
