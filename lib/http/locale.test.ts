import { expect, test } from 'vitest'
import { localeOf } from './locale'

test.each([
  [{}, 'zh-CN'],
  [{ 'accept-language': 'en-US,en;q=0.9' }, 'en'],
  [{ 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.8' }, 'zh-CN'],
  [{ 'accept-language': 'en;q=0.5, zh-CN;q=0.8' }, 'zh-CN'],
  [{ 'accept-language': 'fr, en;q=0.3' }, 'en'],
  [{ 'accept-language': 'en;q=0' }, 'zh-CN'],
  [{ 'accept-language': '*' }, 'zh-CN'],
  [{ cookie: 'x=1; locale=en', 'accept-language': 'zh-CN' }, 'en'],
  [{ cookie: 'locale=zh-CN', 'accept-language': 'en' }, 'zh-CN'],
  [{ cookie: 'locale=klingon', 'accept-language': 'en' }, 'en'],
] as [Record<string, string>, string][])('%j → %s', (headers, locale) => {
  expect(localeOf(new Headers(headers))).toBe(locale)
})
