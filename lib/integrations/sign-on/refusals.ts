import { AppError } from '@/lib/shared/errors'

/** Why somebody who comes from a vendor's system is not let in, in words for them. */

/** No such connection, archived, or this way is not switched on. */
export const closed = () =>
  new AppError('not_found', {
    message: {
      'zh-CN': '这个登录入口没有开启，请用用户名和密码登录',
      en: 'This way of signing in is not switched on. Sign in with username and password.',
    },
  })

export const invalid = () =>
  new AppError('unauthenticated', {
    message: {
      'zh-CN': '链接无效或已过期，请回到刚才的系统重新点开',
      en: 'This link is not valid or has expired. Go back to the system you came from and open it again.',
    },
  })

export const used = () =>
  new AppError('conflict', {
    message: {
      'zh-CN': '链接已用过，每个链接只能登录一次。请回到刚才的系统重新点开',
      en: 'This link has been used; each one signs in once. Go back to the system you came from and open it again.',
    },
  })

export const unmapped = (loginName: string) =>
  new AppError('forbidden', {
    message: {
      'zh-CN': `登录名「${loginName}」还没有对应到这里的员工，请联系管理员在「人员对应」里添加`,
      en: `The sign-in name “${loginName}” is not mapped to anybody here. Ask an administrator to add it under Mapping.`,
    },
  })

export const disabled = () =>
  new AppError('forbidden', {
    message: { 'zh-CN': '账号已停用，请联系管理员', en: 'This account is disabled. Ask an administrator.' },
  })

/** Our cookies do not reach frames of other sites, and our pages do not stand in them. */
export const framed = () =>
  new AppError('forbidden', {
    message: { 'zh-CN': '请在新窗口里打开这个链接', en: 'Open this link in a window of its own.' },
  })

/** What exactly is wrong, and where that server is, is for administrators. */
export const away = (cause: { retryAfterSeconds?: number }) =>
  new AppError('source_unavailable', {
    message: {
      'zh-CN': '现在联系不上刚才的系统，不能确认身份。请稍后再试，或用用户名和密码登录',
      en: 'The system you came from cannot be reached to confirm who you are. Try again later, or sign in with username and password.',
    },
    retryAfter: cause.retryAfterSeconds,
    cause,
  })
