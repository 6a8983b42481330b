import type { AppError, Locale } from '@/lib/shared/errors'

const TEXTS = {
  'zh-CN': { title: '打不开原文', back: '回到汇信', retry: '再试一次' },
  en: { title: 'The original cannot be opened', back: 'Back to Huixin', retry: 'Try again' },
} as const

/** What the page says beside the failure: its heading, the way out and, where it may help, to try again. */
export type PageWords = { title: string; back: string; retry: string }

/** True for a browser that was sent here by a link, which should see a page and not JSON. */
export function wantsPage(headers: Headers): boolean {
  return /\btext\/html\b/.test(headers.get('accept') ?? '')
}

/**
 * A small page that says what went wrong with a link, with the failure's own status. It needs no script and no file,
 * since it must work when little else does.
 */
export function failurePage(error: AppError, locale: Locale, words: PageWords = TEXTS[locale]): Response {
  const { title, back, retry } = words
  const again = error.status === 503 ? `<a class="main" href="">${retry}</a>` : ''
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; padding: 16px }
main { max-width: 28rem } h1 { font-size: 20px; margin: 0 0 8px } p { margin: 0 0 24px }
a { display: inline-block; padding: 8px 16px; border: 1px solid; border-radius: 8px; color: inherit; text-decoration: none; margin-right: 8px }
</style></head>
<body><main><h1>${title}</h1><p>${escapeHtml(error.in(locale))}</p>${again}<a href="/">${back}</a></main></body></html>`
  const response = new Response(html, {
    status: error.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  })
  if (error.retryAfter !== undefined) response.headers.set('retry-after', String(Math.ceil(error.retryAfter)))
  return response
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
