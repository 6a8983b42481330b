import { createLoader } from 'nuqs/server'
import { describe, expect, it } from 'vitest'
import { messageFilter } from '@/lib/contracts/messages'
import { addressWords, filterOf, isNarrowed, panelWordsIn } from './inbox-address'

const loader = createLoader(addressWords)
const load = (address: string) => loader(new URL(address, 'http://inbox.test'))
const zone = 'Asia/Shanghai'
const filter = (address: string) => filterOf(load(address), zone)

describe('the address of the inbox', () => {
  it('is the to-dos where it says nothing', () => {
    expect(filter('/')).toEqual({ view: 'todo' })
  })

  it('takes all words, and only those the API knows', () => {
    const words = filter(
      '/?view=all&connector=forms&connection=0f7c2a9e-0000-4000-8000-000000000001&type=flow_message&category=todo&form=采购申请&sender=张三&urgent=true&m=17&other=1',
    )
    expect(messageFilter.parse(words)).toEqual({
      view: 'all',
      connector: 'forms',
      connection: '0f7c2a9e-0000-4000-8000-000000000001',
      type: 'flow_message',
      category: 'todo',
      form: '采购申请',
      sender: '张三',
      urgent: true,
    })
  })

  it('means whole days of the server’s calendar, both included', () => {
    expect(filter('/?after=2026-11-01&before=2026-11-30')).toMatchObject({
      after: '2026-10-31T16:00:00.000Z',
      before: '2026-11-30T16:00:00.000Z',
    })
  })

  it('passes over what cannot be', () => {
    expect(
      filter('/?view=nothing&connection=1&category=x&after=yesterday&before=2026-13-77&urgent=false'),
    ).toEqual({
      view: 'todo',
    })
  })

  it('searches everywhere, unless it keeps to the view', () => {
    expect(filter('/?view=done&q=%20采购%20from:小云&connector=forms')).toEqual({
      view: 'all',
      q: '采购 from:小云',
      connector: 'forms',
    })
    expect(filter('/?view=done&q=采购&within=true')).toEqual({ view: 'done', q: '采购' })
    expect(filter('/?view=done&within=true')).toEqual({ view: 'done' })
  })

  it('searches for no more than the API takes, and for nothing by spaces', () => {
    expect(messageFilter.parse(filter(`/?q=${'长'.repeat(300)}`)).q).toHaveLength(200)
    expect(filter('/?q=%20%20')).toEqual({ view: 'todo' })
  })

  it('knows what narrows it', () => {
    expect(isNarrowed(load('/?view=done&m=4'))).toBe(false)
    expect(isNarrowed(load('/?connector=forms'))).toBe(true)
    expect(panelWordsIn(load('/?connector=forms&form=x&urgent=true'))).toEqual(['form', 'urgent'])
  })
})
