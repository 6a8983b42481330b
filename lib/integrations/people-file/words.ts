import type { Locale } from '@/lib/shared/errors'

/** What an import says of lines and columns. `person` and `user` are names, already as they are to be shown. */
export type Words = {
  noUsernameColumn: string
  columnTwice: string
  ambiguousColumn: string
  brokenQuote: string
  tooManyRows: (most: number) => string
  noUsername: string
  badUsername: string
  badName: string
  badEmail: string
  longKey: string
  emptyId: string
  ruinedNumber: string
  surplusCells: string
  usernameTwice: (line: number) => string
  unknownUser: string
  noName: string
  emailTaken: string
  emailTwice: (line: number) => string
  personTwice: (line: number, user: string) => string
  personTaken: (person: string, user: string) => string
  userTaken: (user: string, person: string) => string
  newUser: string
  newMapping: (connection: string, person: string) => string
  keptName: (name: string) => string
  keptEmail: (email: string | null) => string
}

const WORDS: Record<Locale, Words> = {
  'zh-CN': {
    noUsernameColumn: '缺少“username（用户名）”列',
    columnTwice: '这一列出现了两次',
    ambiguousColumn: '有多个连接叫这个名称，请改用连接的 ID',
    brokenQuote: '从这一行开始有引号没有结束',
    tooManyRows: (most) => `最多 ${most} 行，请分成几个文件`,
    noUsername: '缺少用户名',
    badUsername: '用户名须为 1–64 个字符，不含控制字符，首尾没有空格',
    badName: '姓名须为 1–100 个字符，不含控制字符',
    badEmail: '不是有效的邮箱地址',
    longKey: '最多 200 个字符',
    emptyId: '“id:”后面缺少编号',
    ruinedNumber: 'Excel 已把长数字变成科学记数，原值无法恢复；请把这一列设为“文本”格式后重新填写',
    surplusCells: '这一行的单元格比标题行多',
    usernameTwice: (line) => `与第 ${line} 行的用户名重复`,
    unknownUser: '没有这个用户',
    noName: '新用户缺少姓名',
    emailTaken: '这个邮箱已被别的用户使用',
    emailTwice: (line) => `与第 ${line} 行的邮箱重复`,
    personTwice: (line, user) => `第 ${line} 行已把这个人对应给 ${user}`,
    personTaken: (person, user) => `${person} 已对应 ${user}；要更换，请在「人员对应」里逐个修改`,
    userTaken: (user, person) => `${user} 已对应 ${person}；要更换，请在「人员对应」里逐个修改`,
    newUser: '新建用户',
    newMapping: (connection, person) => `${connection}：对应 ${person}`,
    keptName: (name) => `已有用户的姓名不变：${name}`,
    keptEmail: (email) => `已有用户的邮箱不变：${email ?? '无'}`,
  },
  en: {
    noUsernameColumn: 'The column "username" is missing',
    columnTwice: 'This column is there twice',
    ambiguousColumn: 'Several connections have this name; use the connection’s id instead',
    brokenQuote: 'A quote that begins here is never closed',
    tooManyRows: (most) => `At most ${most} rows; split the file`,
    noUsername: 'The username is missing',
    badUsername: 'A username has 1 to 64 characters, no control characters, no outer spaces',
    badName: 'A name has 1 to 100 characters and no control characters',
    badEmail: 'Not a valid email address',
    longKey: 'At most 200 characters',
    emptyId: 'The id after "id:" is missing',
    ruinedNumber:
      'Excel has turned a long number into a power of ten and its digits are lost; format the column as text and enter it again',
    surplusCells: 'This row has more cells than the heading',
    usernameTwice: (line) => `The same username as in line ${line}`,
    unknownUser: 'There is no such user',
    noName: 'A new user needs a name',
    emailTaken: 'Another user has this email address',
    emailTwice: (line) => `The same email address as in line ${line}`,
    personTwice: (line, user) => `Line ${line} maps this person to ${user} already`,
    personTaken: (person, user) => `${person} is mapped to ${user} already; replace that by hand`,
    userTaken: (user, person) => `${user} is mapped to ${person} already; replace that by hand`,
    newUser: 'New user',
    newMapping: (connection, person) => `${connection}: mapped to ${person}`,
    keptName: (name) => `The name of an existing user stays: ${name}`,
    keptEmail: (email) => `The email address of an existing user stays: ${email ?? 'none'}`,
  },
}

export function wordsIn(locale: Locale): Words {
  return WORDS[locale]
}
