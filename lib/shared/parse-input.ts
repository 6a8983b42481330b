import { z } from 'zod'
import { AppError, type FieldErrors, type Locale } from './errors'

/** What is wrong with a field, in the reader's language: our own words for the frequent, zod's for the rest. */
type Issue = z.core.$ZodRawIssue
type Words = {
  required: string
  unknown: string
  pattern: string
  email: string
  time: string
  short: (n: string) => string
  long: (n: string) => string
  few: (n: string) => string
  many: (n: string) => string
  low: (n: string) => string
  high: (n: string) => string
  oneOf: (values: string) => string
}

const WORDS: Record<Locale, Words> = {
  'zh-CN': {
    required: '必填',
    unknown: '没有这个字段',
    pattern: '格式不对，或含有不允许的字符',
    email: '不是有效的邮箱地址',
    time: '须为带时区的 ISO 8601 时间',
    short: (n) => `至少 ${n} 个字符`,
    long: (n) => `最多 ${n} 个字符`,
    few: (n) => `至少 ${n} 项`,
    many: (n) => `最多 ${n} 项`,
    low: (n) => `不能小于 ${n}`,
    high: (n) => `不能大于 ${n}`,
    oneOf: (values) => `须为以下之一：${values}`,
  },
  en: {
    required: 'Required',
    unknown: 'There is no such field',
    pattern: 'Not in the expected form, or with characters that are not allowed',
    email: 'Not a valid email address',
    time: 'Must be an ISO 8601 time with its zone',
    short: (n) => `At least ${n} characters`,
    long: (n) => `At most ${n} characters`,
    few: (n) => `At least ${n} items`,
    many: (n) => `At most ${n} items`,
    low: (n) => `Not below ${n}`,
    high: (n) => `Not above ${n}`,
    oneOf: (values) => `Must be one of ${values}`,
  },
}

const FALLBACK = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError }

function describe(issue: Issue, locale: Locale): string | undefined {
  const words = WORDS[locale]
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? words.required : undefined
    case 'too_small':
      if (issue.origin === 'string') return words.short(String(issue.minimum))
      return issue.origin === 'array' ? words.few(String(issue.minimum)) : words.low(String(issue.minimum))
    case 'too_big':
      if (issue.origin === 'string') return words.long(String(issue.maximum))
      return issue.origin === 'array' ? words.many(String(issue.maximum)) : words.high(String(issue.maximum))
    case 'invalid_format':
      if (issue.format === 'email') return words.email
      if (issue.format === 'datetime') return words.time
      return issue.format === 'regex' ? words.pattern : undefined
    case 'invalid_value':
      if (issue.input === undefined) return words.required
      return words.oneOf((issue.values as unknown[]).map(String).join(locale === 'en' ? ', ' : '、'))
    case 'custom':
      // A schema may bring its own words, in both languages.
      return (issue.params as Partial<Record<Locale, string>> | undefined)?.[locale] ?? words.pattern
    default:
      return undefined
  }
}

/**
 * What `schema` makes of `value`; throws `invalid_input` with what is wrong with each field.
 * @param whole the name under which something is said of the value as a whole
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  locale: Locale,
  whole: string,
): z.output<S> {
  const parsed = schema.safeParse(value, {
    error: (issue) => describe(issue, locale) ?? FALLBACK[locale](issue),
    reportInput: false,
  })
  if (parsed.success) return parsed.data
  throw new AppError('invalid_input', { fields: fieldsOf(parsed.error.issues, locale, whole) })
}

function fieldsOf(issues: z.core.$ZodIssue[], locale: Locale, whole: string): FieldErrors {
  const fields = new Map<string, string>()
  const add = (path: PropertyKey[], message: string) => {
    const name = path.map(String).join('.') || whole
    if (!fields.has(name)) fields.set(name, message)
  }
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') add(issue.path, issue.message)
    else for (const key of issue.keys) add([...issue.path, key.slice(0, 100)], WORDS[locale].unknown)
  }
  // `fromEntries` defines own properties, so a field called __proto__ is just a name.
  return Object.fromEntries(fields)
}
