import { describe, expect, it } from 'vitest'
import { fixtureText } from '../fixtures/read'
import { asAddress, readInstance, readRecordAddress, taskAddress } from './url'

/** The two addresses of one record on the vendor's page; the page's Markdown escapes underscores. */
const [OLD, NEW] = fixtureText('page/flow-addresses.txt').replaceAll('\\_', '_').trim().split('\n') as [
  string,
  string,
]
const ids = {
  app: '6331609e3c17350008d45fdb',
  form: '633160a368ae71000a94676a',
  record: '64054250c68b1e0008b822a7',
}

describe('readRecordAddress', () => {
  it('reads the old form, ids in the path', () => {
    expect(readRecordAddress(OLD)).toEqual({ ...ids, flow: '1', task: null })
  })

  it('reads the new form, ids as parameters, dataId before instanceId', () => {
    expect(readRecordAddress(NEW)).toEqual({ ...ids, flow: '1', task: '641b2fdec3ddb00007aa36a8' })
  })

  it('reads parameters in any order', () => {
    const url = new URL(NEW)
    const turned = new URLSearchParams([...url.searchParams].reverse())
    expect(readRecordAddress(`${url.origin}${url.pathname}?${turned}`)).toEqual(readRecordAddress(NEW))
  })

  it('takes instanceId where there is no dataId', () => {
    for (const address of [NEW.replace('dataId', 'other'), NEW.replace(/dataId=\w+/, 'dataId=')])
      expect(readRecordAddress(address)).toMatchObject({ record: '64100d6e2ac023000782ec79' })
  })

  it('reads quick links, any host and anything before the path', () => {
    expect(readRecordAddress('https://jiandaoyun.com/dashboard/app/1/form/2/data/3/qr_link')).toEqual({
      app: '1',
      form: '2',
      record: '3',
      flow: null,
      task: null,
    })
    expect(
      readRecordAddress('http://10.0.0.8:8080/jdy/dashboard/app/1/form/2/data/3/?taskId=t'),
    ).toMatchObject({
      record: '3',
      task: 't',
    })
  })

  it('reads escaped ids in the path as those in parameters', () => {
    const inPath = readRecordAddress('https://h.example/dashboard/app/%E5%BA%94/form/a%2Db/data/3')
    const inQuery = readRecordAddress(
      'https://h.example/message/redirect?appId=%E5%BA%94&formId=a-b&dataId=3',
    )
    expect(inPath).toEqual({ app: '应', form: 'a-b', record: '3', flow: null, task: null })
    expect(inQuery).toEqual(inPath)
  })

  it('takes empty parameters as absent', () => {
    expect(readRecordAddress(OLD.replace('flowId=1', 'flowId=&taskId='))).toEqual({
      ...ids,
      flow: null,
      task: null,
    })
  })

  it.each([
    null,
    '',
    'no address',
    '/dashboard/app/1/form/2/data/3',
    'https://jiandaoyun.com/app/1/entry/2',
    'https://jiandaoyun.com/message/1/data',
    'https://jiandaoyun.com/dashboard/app/1/form/2',
    'https://jiandaoyun.com/dashboard/app/1/form/2/database/3',
    'https://www.jiandaoyun.com/workflow/process_instance/64/task/65',
    'https://www.jiandaoyun.com/message/redirect?appId=1&formId=2',
    'https://www.jiandaoyun.com/message/redirect?formId=2&dataId=3',
    'https://h.example/dashboard/app/%zz/form/2/data/3',
    'https://h.example/dashboard/app/a%7Cb/form/2/data/3',
    'https://h.example/dashboard/app/a%20b/form/2/data/3',
    'https://h.example/dashboard/app/%00/form/2/data/3',
    `https://h.example/dashboard/app/${'x'.repeat(101)}/form/2/data/3`,
    'https://h.example/dashboard/app/1/form/2/data/3?flowId=a%7Cb',
    `https://h.example/dashboard/app/1/form/2/data/3?taskId=${'x'.repeat(101)}`,
  ])('finds no record in %j', (address) => {
    expect(readRecordAddress(address)).toBeNull()
  })
})

describe('readInstance', () => {
  it('takes instanceId before dataId, and the record of the old form', () => {
    expect(readInstance(NEW)).toBe('64100d6e2ac023000782ec79')
    expect(readInstance(NEW.replace('instanceId', 'other'))).toBe(ids.record)
    expect(readInstance(OLD)).toBe('64054250c68b1e0008b822a7')
  })

  it('reads the address that the API gives', () => {
    const address = 'https://www.jiandaoyun.com/workflow/process_instance/63ff32d918fbc20007a4a082'
    for (const more of ['', '/task/63f31ae8144f4a09ec197162', '?memberType=0&guestCorpId='])
      expect(readInstance(address + more)).toBe('63ff32d918fbc20007a4a082')
  })

  it.each([null, '', 'x', 'javascript:alert(1)', 'https://jiandaoyun.com/app/1/entry/2'])(
    'finds none in %j',
    (address) => expect(readInstance(address)).toBeNull(),
  )

  it('takes nothing that cannot be an id', () => {
    for (const id of ['a|b', 'a b', '%00', 'x'.repeat(101), '%E0%A4%A'])
      expect(readInstance(`https://h.example/workflow/process_instance/${id}`), id).toBeNull()
  })
})

describe('taskAddress', () => {
  it.each(['1', '0', null])('of node %s is read as what it was made of', (flow) => {
    const address = asAddress({ ...ids, flow, task: 'T&任务#1' })!
    expect(readRecordAddress(taskAddress(address, 'flow_forward'))).toEqual(address)
  })
})

describe('asAddress', () => {
  it('takes a record with or without node and task', () => {
    expect(asAddress({ ...ids, flow: undefined, task: '' })).toEqual({ ...ids, flow: null, task: null })
  })

  it.each(['', 'a|b', 'a b', '\0', 'x'.repeat(101)])('takes no id like %j', (id) => {
    expect(asAddress({ ...ids, app: id, flow: null, task: null })).toBeNull()
    if (id !== '') expect(asAddress({ ...ids, flow: id, task: null })).toBeNull()
  })
})
