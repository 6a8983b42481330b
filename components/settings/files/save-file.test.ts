import { expect, test } from 'vitest'
import { bytesOf } from './save-file'

test('bytes come back as they were, text or not', () => {
  const bytes = Uint8Array.from([0, 255, 0xe5, 0xbc, 0xa0, 10])
  expect(bytesOf(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
})
