import type { Context } from '../contract'
import { MOST_BOUND } from './rest/kept-tokens'
import { takeToken } from './rest/token'
import type { SeeyonSettings } from './settings'
import { fine, type Outcome } from './test-connection-outcome'
import { todos } from './todos'

type SeeyonContext = Context<SeeyonSettings>

/** Where the connection has one token for each employee, what that costs; `count` is how many are mapped. */
export async function checkTokens(
  context: SeeyonContext,
  memberId: string | undefined,
  count: number,
): Promise<Outcome> {
  if (context.settings.tokenMode === 'service') {
    return fine('所有员工共用一个令牌', 'One token serves all employees')
  }
  const zh = `每位员工一个令牌，同时最多保留 ${MOST_BOUND} 个；是否占用并发许可，请向致远确认`
  const en = `One token for each employee, at most ${MOST_BOUND} kept at once; ask Seeyon whether they count as concurrent licences`
  if (memberId === undefined) {
    return fine(
      `${zh}。没有试：对应一位员工后才能试`,
      `${en}. Not tried: this needs an employee who is mapped`,
    )
  }
  const begun = performance.now()
  await takeToken(context, { memberId })
  const ms = Math.max(1, Math.round(performance.now() - begun))
  if (count <= MOST_BOUND) {
    return fine(`${zh}。已对应 ${count} 位，令牌够用`, `${en}. ${count} are mapped, so nobody's is let go`)
  }
  const { concurrency, pollSeconds } = context.settings
  const seconds = Math.ceil((count * ms) / concurrency / 1_000)
  const slower = seconds > pollSeconds
  return fine(
    `${zh}。已对应 ${count} 位，每轮都要重新登录：一次用了 ${ms} 毫秒，同时 ${concurrency} 个，一轮光登录约 ${seconds} 秒` +
      (slower ? `，比读取间隔 ${pollSeconds} 秒长` : ''),
    `${en}. ${count} are mapped, so each round signs in again: once took ${ms} ms, ${concurrency} at a time, about ${seconds} s a round for this alone` +
      (slower ? `, longer than the interval of ${pollSeconds} s` : ''),
  )
}

/** Whether it can be seen what employees handled in Seeyon. */
export async function checkTodos(context: SeeyonContext, memberId: string | undefined): Promise<Outcome> {
  if (!todos.ready(context.settings)) {
    return context.settings.readMeansDone
      ? fine(
          '共用一个令牌看不到待办；按设置，在致远里已读的待办视为已处理',
          'One token for all does not show them; as set, to-dos read in Seeyon count as done',
        )
      : fine(
          '共用一个令牌看不到员工在致远里办完了哪些待办，要在这里标为完成',
          'One token for all does not show what employees handled in Seeyon; they mark it done here',
        )
  }
  if (memberId === undefined) {
    return fine('没有检查：对应一位员工后才能试', 'Not checked: this needs an employee who is mapped')
  }
  await todos.listOpen(context, memberId)
  return fine(
    '可以列出协同待办：在致远里办完的，这里会自动完成；公文、会议等不在其中，要在这里标为完成',
    'Pending collaborations can be listed: what is handled in Seeyon is done here. Documents, meetings and others are not among them; mark those done here',
  )
}
