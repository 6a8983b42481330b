import type { Recipient } from '../jiandaoyun'

/** An employee of the demo: the same name in all three systems. */
export interface DemoEmployee {
  username: string
  name: string
}

/** Everybody who gets an account and is mapped in both systems. */
export const EMPLOYEES: readonly DemoEmployee[] = [
  { username: 'zhangsan', name: '张三' },
  { username: 'lisi', name: '李四' },
  { username: 'wangwu', name: '王五' },
  { username: 'xiaoyun', name: '小云' },
  { username: 'xiaojian', name: '小简' },
  { username: 'xiaodao', name: '小道' },
]

/** Pushed to by Jiandaoyun and mapped to nobody: their messages wait for an administrator. */
export const STRANGERS: readonly Recipient[] = [
  { username: 'zhaoliu', name: '赵六' },
  { username: 'sunqi', name: '孙七' },
]

/** One password for all, since it is printed anyway. */
export const DEMO_PASSWORD = 'huixin-demo'

/** What the simulated Jiandaoyun signs with. */
export const DEMO_SECRET = 'demo-secret'
