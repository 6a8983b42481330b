import { AppError } from '@/lib/shared/errors'

const tooLarge = (max: number) => {
  const limit =
    max >= 1024 * 1024 ? `${Math.floor(max / (1024 * 1024))} MiB` : `${Math.floor(max / 1024)} KiB`
  return new AppError('too_large', {
    message: { 'zh-CN': `内容太大，最多 ${limit}`, en: `The content is too large, at most ${limit}` },
  })
}

/**
 * The bytes of a request's body, exactly as they came.
 * @param max bytes; throws `too_large` beyond them, without having read (much) more, whatever the client announced
 */
export async function readBody(request: Request, max: number): Promise<Uint8Array> {
  const announced = request.headers.get('content-length')
  if (announced !== null && !(Number(announced) <= max)) throw tooLarge(max)
  // Node lets no more through than was announced, and reading at one go is much cheaper than a stream.
  if (announced !== null) return within(max, new Uint8Array(await cutOff(request.arrayBuffer())))
  return request.body === null ? new Uint8Array() : readStream(request.body.getReader(), max)
}

async function readStream(reader: ReadableStreamDefaultReader<Uint8Array>, max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await cutOff(reader.read())
    if (done) return Buffer.concat(chunks, size)
    size += value.byteLength
    if (size > max) {
      await reader.cancel().catch(() => {})
      throw tooLarge(max)
    }
    chunks.push(value)
  }
}

function within(max: number, bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > max) throw tooLarge(max)
  return bytes
}

/** The client went away, or its body was no proper HTTP. */
async function cutOff<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw new AppError('bad_request', {
      message: { 'zh-CN': '请求内容不完整', en: 'The request ended early' },
      cause,
    })
  }
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

/** True if the request says that its body is JSON. */
export function isJson(headers: Headers): boolean {
  return JSON_TYPE.test(headers.get('content-type') ?? '')
}

/** A JSON body; throws `not_json`, `too_large`, or `bad_request` for one that is malformed. */
export async function readJson(request: Request, max: number): Promise<unknown> {
  if (!isJson(request.headers)) throw new AppError('not_json')
  const bytes = await readBody(request, max)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw malformed('内容不是 UTF-8 编码', 'The body is not UTF-8', cause)
  }
  if (text.trim() === '') throw malformed('缺少请求内容', 'The body is empty')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed('内容不是正确的 JSON', 'The body is not valid JSON', cause)
  }
  if (text.includes('\\u0000') && hasNul(value)) throw nul()
  return value
}

/** PostgreSQL cannot hold this character, and no honest text has it. */
export const nul = () => malformed('文字中不能有空字符 (U+0000)', 'Texts cannot contain the character U+0000')

function hasNul(value: unknown): boolean {
  const left = [value]
  while (left.length > 0) {
    const item = left.pop()
    if (typeof item === 'string' && item.includes('\0')) return true
    if (typeof item !== 'object' || item === null) continue
    for (const [key, inner] of Object.entries(item)) left.push(key, inner)
  }
  return false
}

const malformed = (zh: string, en: string, cause?: unknown) =>
  new AppError('bad_request', { message: { 'zh-CN': zh, en }, cause })
