/**
 * The one error class and the one code → status table of the project.
 *
 * Every answer that is not a success carries `{ error: { code, message, fields? } }`; the message is in the
 * reader's language, the code never changes and is what scripts should look at.
 */
export const ERRORS = {
  bad_request: { status: 400, zh: '请求格式不对', en: 'The request is malformed' },
  invalid_input: { status: 400, zh: '有内容填得不对', en: 'Some fields are not valid' },
  unauthenticated: { status: 401, zh: '请先登录', en: 'Sign in first' },
  wrong_credentials: { status: 401, zh: '用户名或密码不对', en: 'Wrong username or password' },
  invalid_signature: { status: 401, zh: '签名不对', en: 'The signature is not valid' },
  forbidden: { status: 403, zh: '没有权限', en: 'Not allowed' },
  wrong_origin: { status: 403, zh: '请求来自别的网站，已拒绝', en: 'The request comes from another site' },
  wrong_setup_code: { status: 403, zh: '设置码不对', en: 'The set-up code is wrong' },
  not_found: { status: 404, zh: '没有找到', en: 'Not found' },
  method_not_allowed: { status: 405, zh: '不支持这种请求方法', en: 'Method not allowed' },
  conflict: { status: 409, zh: '与现有内容冲突', en: 'Conflicts with what is there' },
  already_set_up: { status: 409, zh: '已经设置过管理员', en: 'An administrator exists already' },
  already_mapped: { status: 409, zh: '已经对应到别人', en: 'Already mapped to someone else' },
  name_taken: { status: 409, zh: '这个名称已被使用', en: 'This name is taken' },
  no_link: { status: 409, zh: '这条消息没有链接', en: 'This message has no link' },
  undo_expired: { status: 409, zh: '已超过可撤销的时间', en: 'It is too late to undo' },
  last_admin: { status: 409, zh: '至少要保留一名管理员', en: 'At least one administrator must remain' },
  too_large: { status: 413, zh: '内容太大', en: 'The content is too large' },
  not_json: { status: 415, zh: '内容类型须为 JSON', en: 'The content type must be JSON' },
  too_many_attempts: {
    status: 429,
    zh: '尝试次数过多，请稍后再试',
    en: 'Too many attempts, try again later',
  },
  internal: { status: 500, zh: '服务器出错了', en: 'Something went wrong on the server' },
  source_unavailable: {
    status: 503,
    zh: '来源系统暂时连不上',
    en: 'The source system cannot be reached now',
  },
  unavailable: {
    status: 503,
    zh: '服务暂时不可用，请稍后再试',
    en: 'The service is not available right now',
  },
} as const

export type ErrorCode = keyof typeof ERRORS
export type Locale = 'zh-CN' | 'en'
/** Field path (`settings.baseUrl`) → what is wrong with it, in the reader's language. */
export type FieldErrors = Record<string, string>

type Options = {
  /** Replaces the code's own sentence; one per language, or one for all. */
  message?: string | Record<Locale, string>
  fields?: FieldErrors
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
  cause?: unknown
}

// Two bundles of this file live in one process (the server's and Next's), so errors are known by a brand.
const BRAND = 'huixin.AppError'

/** An error that is part of the product: it has a code, a status and a sentence for the reader. */
export class AppError extends Error {
  readonly brand = BRAND
  readonly code: ErrorCode
  readonly status: number
  readonly fields?: FieldErrors
  readonly retryAfter?: number
  private readonly texts: Record<Locale, string>

  constructor(code: ErrorCode, options: Options = {}) {
    const { status, zh, en } = ERRORS[code]
    const { message } = options
    const texts =
      typeof message === 'string' ? { 'zh-CN': message, en: message } : (message ?? { 'zh-CN': zh, en })
    super(texts.en, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.fields = options.fields
    this.retryAfter = options.retryAfter
    this.texts = texts
  }

  /** The sentence for the reader. */
  in(locale: Locale): string {
    return this.texts[locale]
  }
}

/** True for an `AppError` of any bundle of this process. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && (error as { brand?: unknown }).brand === BRAND
}
