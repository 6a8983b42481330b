import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { operation } from '@/lib/contracts/operation'
import { upload } from './upload'

const sendFile = operation({
  id: 'sendFile',
  method: 'POST',
  path: '/api/v1/files',
  who: 'admin',
  tag: 'admin',
  summary: '',
  raw: 'text/csv',
  answer: z.object({ rows: z.number() }),
})
const file = new Blob(['username,name\n'])

function answerWith(body: unknown, init: ResponseInit = {}) {
  const fake = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init))
  vi.stubGlobal('fetch', fake)
  return fake
}
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )

afterEach(() => vi.unstubAllGlobals())

it('sends the bytes as they are, and gives the checked answer', async () => {
  const fake = answerWith({ rows: 1 })
  expect(await upload(sendFile, file, { dryRun: 'true', createUsers: undefined })).toEqual({ rows: 1 })
  expect(fake).toHaveBeenCalledExactlyOnceWith('/api/v1/files?dryRun=true', {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/csv' },
    credentials: 'same-origin',
  })
})

it('fails as every call does', async () => {
  const refused = { error: { code: 'invalid_input', message: '第 2 行', fields: { 'rows.2': '没有这个人' } } }
  answerWith(refused, { status: 400, headers: { 'retry-after': '3' } })
  expect(await caught(upload(sendFile, file))).toMatchObject({
    ...{ code: 'invalid_input', status: 400, message: '第 2 行', retryAfter: 3 },
    fields: { 'rows.2': '没有这个人' },
  })
  answerWith('<html>Bad gateway</html>')
  expect(await caught(upload(sendFile, file))).toMatchObject({ code: 'unreadable', status: 200 })
  answerWith({ rows: 'many' })
  expect(await caught(upload(sendFile, file))).toMatchObject({ code: 'unreadable' })
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await caught(upload(sendFile, file))).toMatchObject({ code: 'offline' })
})

it('leaves for the sign-in page when the session is over', async () => {
  const assign = vi.fn()
  vi.stubGlobal('window', { location: { pathname: '/settings/mappings', search: '', assign } })
  answerWith({ error: { code: 'unauthenticated', message: '请先登录' } }, { status: 401 })
  expect(await caught(upload(sendFile, file))).toMatchObject({ code: 'unauthenticated' })
  expect(assign).toHaveBeenCalledExactlyOnceWith('/login?ended=1&next=%2Fsettings%2Fmappings')
})
