import type { z } from 'zod'
import { none, type Operation } from '@/lib/contracts/operation'
import { AppError, type Locale } from '@/lib/shared/errors'
import { parseInput } from './field-messages'
import { nul, readJson } from '../request-body'

/** What came in, as the operation describes it. */
export type ParsedInput<O extends Operation> = {
  params: z.output<O['params']>
  query: z.output<O['query']>
  body: z.output<O['body']>
}

/**
 * Parses path, query and body. What the operation does not describe is not read. An address whose parameters cannot
 * be any is `not_found`; for the rest see `parseInput` and `readJson`.
 */
export async function readInput<O extends Operation>(
  operation: O,
  request: Request,
  params: Record<string, string>,
  locale: Locale,
): Promise<ParsedInput<O>> {
  const path = operation.params.safeParse(operation.params === none ? undefined : params)
  if (!path.success) throw new AppError('not_found')
  const query =
    operation.query === none
      ? undefined
      : parseInput(operation.query, readQuery(request.url, locale), locale, 'query')
  const body =
    operation.body === none
      ? undefined
      : parseInput(operation.body, await readJson(request, operation.maxBody), locale, 'body')
  return { params: path.data, query, body } as ParsedInput<O>
}

/** The query as an object; a key that stands there twice is an error, since either reading would be a guess. */
function readQuery(url: string, locale: Locale): Record<string, string> {
  const values = new Map<string, string>()
  for (const [key, value] of new URL(url).searchParams) {
    if (values.has(key)) {
      const twice = locale === 'en' ? 'Given more than once' : '重复给出'
      throw new AppError('invalid_input', { fields: { [key.slice(0, 100)]: twice } })
    }
    if (value.includes('\0') || key.includes('\0')) throw nul()
    values.set(key, value)
  }
  return Object.fromEntries(values)
}
