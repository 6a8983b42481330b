import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/client/call'
import { PageList } from './page-list'
import { renderPage } from './testing/render-page'

type Query = Parameters<typeof PageList<string>>[0]['query']

function list(more: Partial<Query>) {
  const fetchNextPage = vi.fn()
  const query: Query = {
    ...{ data: undefined, error: null, errorUpdatedAt: 0, isFetching: false, refetch: vi.fn() },
    ...{ hasNextPage: false, isFetchingNextPage: false, fetchNextPage },
    ...more,
  }
  const { user } = renderPage(
    <PageList query={query} failed="没能加载" more="更多">
      {(items) => <p>{items.join(' ')}</p>}
    </PageList>,
  )
  return { user, fetchNextPage, refetch: query.refetch }
}
const data = { pages: [{ items: ['甲', '乙'] }, { items: ['丙'] }] }
const error = new ApiError('unavailable', { status: 503, message: '服务暂时不可用' })

describe('a list that comes page by page', () => {
  it('shows what is there, and the way to more as long as there is more', async () => {
    const { user, fetchNextPage } = list({ data, hasNextPage: true })
    expect(screen.getByText('甲 乙 丙')).toBeVisible()
    await user.click(screen.getByRole('button', { name: '更多' }))
    expect(fetchNextPage).toHaveBeenCalledOnce()
  })

  it('ends where there is no more', () => {
    list({ data })
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('says why nothing could be loaded, and tries again', async () => {
    const { user, refetch } = list({ error, errorUpdatedAt: Date.now() })
    expect(screen.getByText('没能加载')).toBeVisible()
    await user.click(screen.getByRole('button'))
    expect(refetch).toHaveBeenCalledOnce()
  })

  it('says that what is there may be old when it could not be brought up to date', () => {
    list({ data, error, errorUpdatedAt: Date.now() })
    expect(screen.getByText('甲 乙 丙')).toBeVisible()
    expect(screen.getByText(/可能不是最新的/)).toBeVisible()
  })

  it('holds the place of rows to come', () => {
    list({})
    expect(document.querySelector('[aria-busy]')).toBeVisible()
  })
})
