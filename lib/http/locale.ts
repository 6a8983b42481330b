import { cookieOf } from '@/lib/auth/credentials'
import type { Locale } from '@/lib/shared/errors'

/** The reader's language: the cookie `locale`, else what the browser asks for, else Chinese. */
export function localeOf(headers: Headers): Locale {
  const chosen = cookieOf(headers, 'locale')
  if (chosen === 'zh-CN' || chosen === 'en') return chosen
  return preferred(headers.get('accept-language') ?? '') ?? 'zh-CN'
}

/** The first of our languages in an `Accept-Language`, by its weights. */
function preferred(header: string): Locale | null {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
      const weight = parameters.find((text) => text.startsWith('q='))
      return { tag, weight: weight ? Number(weight.slice(2)) : 1 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of wishes) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return null
}
