import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/shared/errors'
import { failurePage, wantsPage } from './failure-page'

describe('the page of a link that cannot be opened', () => {
  it.each([
    ['no_link', 409, '这条消息没有链接'],
    ['source_unavailable', 503, '来源系统暂时连不上'],
  ] as const)('says %s with its status', async (code, status, text) => {
    const page = failurePage(new AppError(code, { retryAfter: 3.2 }), 'zh-CN')
    expect(page.status).toBe(status)
    expect(page.headers.get('retry-after')).toBe('4')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await page.text()
    expect(html).toContain(text)
    // Trying again helps only where the source is away.
    expect(html.includes('再试一次')).toBe(status === 503)
  })

  it('shows what went wrong as text', async () => {
    const error = new AppError('no_link', { message: '<script>alert(1)</script>' })
    expect(await failurePage(error, 'en').text()).not.toContain('<script>')
  })

  it('is for browsers that follow a link, not for scripts', () => {
    expect(wantsPage(new Headers({ accept: 'text/html,application/xhtml+xml' }))).toBe(true)
    expect(wantsPage(new Headers({ accept: '*/*' }))).toBe(false)
    expect(wantsPage(new Headers())).toBe(false)
  })
})
