import type { Random } from '../../random'
import type { MessagePush, Recipient } from '../message-push'
import type { PushBuilders } from '../push-builders'
import { ALERTS, CHANGES, chinaDate, DATA_FORMS } from './forms'

/** What the parts of the stream share. */
export interface Company {
  build: PushBuilders
  random: Random
  appId: string
  /** The id of a form or dashboard by its name. */
  formId(name: string): string
  /** Anybody. */
  somebody(): Recipient
  /** One to `most` different people. */
  some(most: number): Recipient[]
  now(): number
}

/** Pushes that belong to no flow. */
export const NOTICE_KINDS = [
  'data_create_message',
  'data_update_message',
  'form_widget_message',
  'form_schedule_message',
  'dash_schedule_message',
  'dash_alert_message',
] as const

export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** One reminder, alert or change as the company would send it. */
export function noticePush(kind: NoticeKind, company: Company): MessagePush {
  const { build, random, somebody, some } = company
  const at = (name: string) => ({ appId: company.appId, formId: company.formId(name), entryName: name })
  switch (kind) {
    case 'data_create_message':
      return created(company)
    case 'data_update_message': {
      const change = random.pick(CHANGES)
      const changes = change.lines(random, company.now())
      const content = [`修改人: ${somebody().name}`, `数据标题: ${change.title}`, ...changes].join('\n')
      return build.message(kind, { ...at(change.form), to: [somebody()], content })
    }
    case 'form_widget_message':
      return due(company)
    case 'form_schedule_message':
      return build.message(kind, { ...at('工作周报'), to: some(4), notifyText: '请在今天下班前提交本周周报' })
    case 'dash_schedule_message':
      return build.message(kind, { ...at('物料盘点'), to: some(2), notifyText: '年度物料盘点的时间到了' })
    case 'dash_alert_message': {
      const [notifyText, entryName, content] = random.pick(ALERTS)
      return build.message(kind, { ...at(entryName), to: some(2), notifyText, content })
    }
  }
}

function created({ build, random, appId, formId, somebody, some, now }: Company): MessagePush {
  const form = random.pick(DATA_FORMS)
  const who = somebody().name
  return build.message('data_create_message', {
    appId,
    formId: formId(form.name),
    entryName: form.name,
    to: some(3),
    content: form.record(random, who, now()),
    ...(random.chance(0.5) ? { notifyText: `${who}提交了${form.name}` } : {}),
  })
}

function due({ build, random, appId, formId, somebody, some, now }: Company): MessagePush {
  if (random.chance(0.5)) {
    const text = `${somebody().name}的生日到了`
    const at = { appId, formId: formId('生日提醒'), entryName: '生日提醒' }
    return build.message('form_widget_message', { ...at, to: some(2), notifyText: text, content: text })
  }
  return build.message('form_widget_message', {
    appId,
    formId: formId('合同台账'),
    entryName: '合同台账',
    to: [somebody()],
    notifyText: `合同将于 ${chinaDate(now(), 7)} 到期`,
    content: `合同名称: ${random.pick(['设备采购合同', '房屋租赁合同'])}`,
  })
}
