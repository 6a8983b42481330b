import type { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'
import { addressOf } from './call'
import { request } from './request'

/**
 * Sends a file to an operation that takes raw bytes; gives and throws what `request` does.
 * @param query words of the address; what is undefined is left out
 */
export function upload<A extends z.ZodType>(
  operation: Omit<Operation, 'answer'> & { answer: A },
  file: Blob,
  query: Record<string, string | undefined> = {},
): Promise<z.output<A>> {
  return request(operation, addressOf(operation.path, {}, query), {
    method: operation.method,
    body: file,
    headers: { 'content-type': operation.raw ?? 'application/octet-stream' },
  })
}
