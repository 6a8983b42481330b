/**
 * Where Seeyon's own messages lead, by link type: `{n}` is `linkParam<n>`, missing ones are empty, as in Seeyon's
 * `message-link.properties` (vendor's and integrators' docs; README). Used where `linkurl` says nothing.
 */
const COLLABORATION = '/collaboration/collaboration.do?method=summary'
const DOCUMENT = '/edocController.do?method=detailIFrame'

const TEMPLATES: Record<string, string> = {
  'col.pending': `${COLLABORATION}&openFrom=listPending&affairId={0}&contentAnchor={1}`,
  'col.done.detail': `${COLLABORATION}&openFrom=listDone&affairId={0}&contentAnchor={1}`,
  'col.waiSend': `${COLLABORATION}&openFrom=listWaitSend&affairId={0}&contentAnchor={1}`,
  'col.supervise': `${COLLABORATION}&openFrom=supervise&summaryId={0}`,
  'edoc.pending': `${DOCUMENT}&from=Pending&affairId={0}`,
  'edoc.done': `${DOCUMENT}&from=Done&affairId={0}`,
  'edoc.sended': `${DOCUMENT}&from=sended&affairId={0}`,
  'edoc.waitSend': `${DOCUMENT}&from=listWaitSend&affairId={0}`,
  'mt.send': '/mtMeeting.do?method=myDetailFrame&id={0}&proxy={1}&proxyId={2}&state=10',
  'mt.invite': '/mtMeeting.do?method=myDetailFrame&id={0}&proxy={1}&proxyId={2}&state=10',
  mtCreater: '/mtMeeting.do?method=myDetailFrame&id={0}&proxy={1}&proxyId={2}&state=10',
  'mt.room_perm':
    '/meetingroom.do?method=createPerm&id={0}&proxy={1}&proxyId={2}&openWin=1&periodicityInfoId={3}',
  'bulletin.open': '/bulData.do?method=userView&id={0}&auditFlag=0&from=message',
  'bul.alreadyauditing': '/bulData.do?method=userView&id={0}&auditFlag=0&from=message',
  'bul.auditing': '/bulData.do?method=audit&id={0}',
  'news.open': '/newsData.do?method=userView&id={0}&auditFlag=0&from=message',
  'news.auditing': '/newsData.do?method=audit&id={0}',
  'inq.alreadyauditing': '/inquirybasic.do?method=showInquiryFrame&bid={0}',
  'inq.auditing': '/inquirybasic.do?method=survey_check&bid={0}',
  'inquiry.send': '/inquirybasic.do?method=showInquiryFrame&bid={0}&surveytypeid={1}',
  'bbs.open': '/bbs.do?method=showPost&articleId={0}&resourceMethod={1}',
  bbs_reply: '/bbs.do?method=showPost&articleId={0}&boardId={1}&resourceMethod={2}',
  'cal.view': '/calendar/calEvent.do?method=editCalEvent&id={0}&random={1}',
  'plan.send': '/plan/plan.do?method=initPlanDetailFrame&planId={0}',
  'plan.reply': '/plan/plan.do?method=initPlanDetailFrame&planId={0}',
  'plan.summary': '/plan/plan.do?method=initPlanDetailFrame&planId={0}',
  'taskmanage.view': '/taskmanage/taskinfo.do?method=taskDetailIndex&id={0}',
  'taskmanage.viewfeedback': '/taskmanage/taskinfo.do?method=taskDetailIndex&id={0}',
  'doc.open.only': '/doc.do?method=docOpenIframeOnlyId&docResId={0}',
  'doc.index': '/doc.do?method=docHomepageIndex&docResId={0}',
  'doc.folder.open': '/doc.do?method=docHomepageIndex&docResId={0}',
  'formtrigger.msg.flow': `${COLLABORATION}&openFrom=listDone&summaryId={0}`,
  'formtrigger.msg.unflow':
    '/content/content.do?method=index&isFullPage=true&moduleId={0}&moduleType={1}&rightId={2}',
}

const PREFIX = 'message.link.'

/** Link types that a template is known for; for tests. */
export const TEMPLATE_TYPES = Object.keys(TEMPLATES).map((name) => PREFIX + name)

/**
 * The address below `/seeyon` that Seeyon itself would make of a message's link parameters; null where the link type
 * is not known or its main parameter is missing. The reference stands in for the main parameter where that is its
 * object (not for affairs: theirs is another id).
 */
export function assembleLink(linkRef: Record<string, string>): string | null {
  const { linkType = '', referenceId } = linkRef
  const name = linkType.startsWith(PREFIX) ? linkType.slice(PREFIX.length) : ''
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name]! : null
  if (template === null) return null
  const main = linkRef.linkParam0 ?? (template.includes('affairId={0}') ? undefined : referenceId)
  if (main === undefined) return null
  return template.replace(/\{(\d)\}/g, (_, n: string) =>
    encodeURIComponent(n === '0' ? main : (linkRef[`linkParam${n}`] ?? '')),
  )
}

/** The year and month that 绩效 (performance) links ask for: from the parameters, else what the message's time says. */
export function performanceMonth(linkRef: Record<string, string>): { year?: string; month?: string } {
  const params = Array.from({ length: 10 }, (_, n) => linkRef[`linkParam${n}`] ?? '')
  const at = params.findIndex((value, n) => /^(19|20)\d{2}$/.test(value) && isMonth(params[n + 1] ?? ''))
  if (linkRef.year === undefined) return {}
  if (at < 0) return { year: linkRef.year, month: linkRef.month }
  return { year: params[at]!, month: String(Number(params[at + 1])) }
}

function isMonth(text: string): boolean {
  return /^(0?[1-9]|1[0-2])$/.test(text)
}
