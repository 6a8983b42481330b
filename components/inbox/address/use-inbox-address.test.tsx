import { act, waitFor } from '@testing-library/react'
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { renderInbox, serveApi } from '../fixtures/render-inbox'
import { useInboxAddress } from './use-inbox-address'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {}, push() {} }), usePathname: () => '/' }))
beforeEach(() => serveApi({}))
afterEach(() => vi.unstubAllGlobals())

/** The address from `start` on; `steps` are what it became, and whether Back takes it back. */
function setUp(start: string) {
  const steps: string[] = []
  let place!: ReturnType<typeof useInboxAddress>
  function Page() {
    place = useInboxAddress()
    return null
  }
  const onUrlUpdate = ({ searchParams, options }: UrlUpdateEvent) =>
    void steps.push(`${options.history} ${decodeURIComponent(String(searchParams))}`)
  renderInbox(
    <NuqsTestingAdapter hasMemory searchParams={start} onUrlUpdate={onUrlUpdate} rateLimitFactor={0}>
      <Page />
    </NuqsTestingAdapter>,
  )
  /** Does it, and waits for what it makes of the address: updates at the same time become one. */
  const go = async (what: (now: typeof place) => void, taken: number) => {
    act(() => what(place))
    await waitFor(() => expect(steps).toHaveLength(taken))
  }
  return { steps, go, now: () => place }
}

it('takes beginning and ending a search as steps, and other words for it as none', async () => {
  const { steps, go, now } = setUp('?view=done&m=17')
  await go(({ search }) => search('采'), 1)
  expect(now().filter).toEqual({ view: 'all', q: '采' })
  await go(({ search }) => search('采购'), 2)
  await go(({ search }) => search('采购'), 2)
  await go(({ narrow }) => narrow({ within: true }), 3)
  expect(now().filter).toEqual({ view: 'done', q: '采购' })
  await go(({ search }) => search(null), 4)
  expect(now().filter).toEqual({ view: 'done' })
  expect(steps).toEqual([
    'push view=done&q=采',
    'replace view=done&q=采购',
    'push view=done&q=采购&within=true',
    'push view=done',
  ])
})

it('keeps the search when what narrows it is taken away', async () => {
  const { go, now } = setUp('?q=采购&connector=forms&urgent=true')
  expect(now().filter).toEqual({ view: 'all', q: '采购', connector: 'forms', urgent: true })
  await go(({ widen }) => widen(), 1)
  expect(now().filter).toEqual({ view: 'all', q: '采购' })
})
