import path from 'node:path'
import { expect, test } from 'vitest'
import { parseEnvironment } from './env'

test('nothing given: the values of the contract', () => {
  expect(parseEnvironment({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: path.resolve('data'),
    baseUrl: null,
    appSecret: null,
    firstAdministrator: null,
    trustedProxies: 0,
    timeZone: 'Asia/Shanghai',
    metricsToken: null,
    logLevel: 'info',
    role: 'all',
  })
})

test('an empty variable counts as absent', () => {
  expect(parseEnvironment({ PORT: '', BASE_URL: '', APP_SECRET: '' })).toEqual(parseEnvironment({}))
})

test('a public address opens the host to all, unless HOST says otherwise', () => {
  expect(parseEnvironment({ BASE_URL: 'https://inbox.example.com/' })).toMatchObject({
    host: '0.0.0.0',
    baseUrl: 'https://inbox.example.com',
  })
  expect(parseEnvironment({ BASE_URL: 'http://10.0.0.1:3000', HOST: '::1' })).toMatchObject({
    host: '::1',
    baseUrl: 'http://10.0.0.1:3000',
  })
})

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['HOST', 'a b'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['DATABASE_URL', 'localhost'],
  ['BASE_URL', 'intranet.local'],
  ['BASE_URL', 'https://example.com/inbox'],
  ['BASE_URL', 'ftp://example.com'],
  ['APP_SECRET', 'tiny'],
  ['TRUSTED_PROXIES', 'all'],
  ['TIME_ZONE', 'Asia/Peking'],
  ['LOG_LEVEL', 'loud'],
  ['ROLE', 'cook'],
])('a bad %s stops the start and is named, its value is not shown (%s)', (name, value) => {
  const attempt = () => parseEnvironment({ [name]: value })
  expect(attempt).toThrow(new RegExp(`^${name}: `))
  expect(attempt).not.toThrow(value)
})

test('all bad variables are named at once', () => {
  expect(() => parseEnvironment({ PORT: 'x', ROLE: 'y' })).toThrow(/PORT: .*\nROLE: /s)
})

test('the name and the password of the first administrator come together', () => {
  const pair = { ADMIN_USERNAME: '管理员', ADMIN_PASSWORD: 'correct horse' }
  expect(parseEnvironment(pair).firstAdministrator).toEqual({ username: '管理员', password: 'correct horse' })
  expect(() => parseEnvironment({ ADMIN_USERNAME: 'a' })).toThrow(/^ADMIN_PASSWORD: /)
  expect(() => parseEnvironment({ ADMIN_PASSWORD: 'a' })).toThrow(/^ADMIN_USERNAME: /)
})

test('processes that share a database must be given the same secret', () => {
  const split = { DATABASE_URL: 'postgresql://h/d', ROLE: 'worker' }
  expect(() => parseEnvironment(split)).toThrow(/^APP_SECRET: /)
  expect(parseEnvironment({ ...split, APP_SECRET: 'x'.repeat(16) }).role).toBe('worker')
  expect(parseEnvironment({ DATABASE_URL: 'postgresql://h/d' }).appSecret).toBeNull()
})
