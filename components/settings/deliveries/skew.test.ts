import { expect, test } from 'vitest'
import { tellableSkew } from './skew'

test.each([null, 0, 300, -300])('%s seconds are not worth a word', (seconds) => {
  expect(tellableSkew(seconds)).toBeNull()
})

test.each([
  [301, { amount: 5, unit: 'minutes', late: true }],
  [-720, { amount: 12, unit: 'minutes', late: false }],
  [5400, { amount: 90, unit: 'minutes', late: true }],
  [7200, { amount: 2, unit: 'hours', late: true }],
  [3 * 86_400, { amount: 3, unit: 'days', late: true }],
])('%s seconds are told as %j', (seconds, told) => expect(tellableSkew(seconds)).toEqual(told))
