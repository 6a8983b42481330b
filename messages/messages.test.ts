import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import { messagesFor } from '.'

/** Every text by its path, `settings.title`. */
function texts(tree: object, path: string[] = []): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string'
      ? [[[...path, name].join('.'), value]]
      : texts(value as object, [...path, name]),
  )
}

/** The names that a text asks for: `{name}`, `{count, plural, …}`, `<link>`; not the branches of a plural. */
const ASKED = /(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{(\w+)[},]|<(\w+)>/g
const asked = (text: string) =>
  [...new Set([...text.matchAll(ASKED)].map(([, value, tag]) => (value ?? tag)!))].sort()

const zh = new Map(texts(messagesFor('zh-CN')))
const en = new Map(texts(messagesFor('en')))

describe('the interface’s texts', () => {
  it('are there in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    expect(zh.size).toBeGreaterThan(200)
  })

  it('are none of them empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('ask for the same values in both languages', () => {
    const different = [...zh].filter(([path, text]) => String(asked(text)) !== String(asked(en.get(path)!)))
    expect(different.map(([path]) => path)).toEqual([])
  })

  it.each(['zh-CN', 'en'] as const)('are well-formed in %s', (locale) => {
    const problems: string[] = []
    const t = createTranslator({
      locale,
      messages: messagesFor(locale),
      timeZone: 'Asia/Shanghai',
      onError: (error) => problems.push(error.message),
    })
    for (const [path, text] of locale === 'en' ? en : zh) {
      const values = Object.fromEntries(
        asked(text).map((name) => [name, text.includes(`<${name}>`) ? () => '1' : 1]),
      )
      ;(t.rich as (path: string, values: object) => unknown)(path, values)
    }
    expect(problems).toEqual([])
  })

  it('greet nobody, shout at nobody and blame nobody in Chinese', () => {
    expect([...zh].filter(([, text]) => /您|！|!|请您|抱歉|哦/.test(text))).toEqual([])
  })
})
