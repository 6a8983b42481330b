import { expect, test } from 'vitest'
import { idText, numberText } from './operation'

const LARGEST = '9223372036854775807'
const TOO_LARGE = ['9223372036854775808', '9999999999999999999', '10000000000000000000']

test.each(['1', '42', LARGEST])('%s is an id and a number', (text) => {
  expect(idText.safeParse(text).success).toBe(true)
  expect(numberText.safeParse(text).success).toBe(true)
})

test.each([...TOO_LARGE, '', '-1', '1.5', '1e5', ' 1', '٣'])('%j is neither', (text) => {
  expect(idText.safeParse(text).success).toBe(false)
  expect(numberText.safeParse(text).success).toBe(false)
})

test('a number may be 0, an id not', () => {
  expect(numberText.safeParse('0').success).toBe(true)
  expect(idText.safeParse('0').success).toBe(false)
})
