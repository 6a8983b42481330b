import type { LinkForm } from '../options'

/** One kind of system message: where its link leads and what it says. */
export interface LinkType {
  /** The vendor's template, without the context path; `{0}` … `{9}` are linkParam0 … linkParam9. */
  template: string
  /** The form in which this simulator answers `linkurl` for it, spread so that every form is met. */
  form: LinkForm
  /** messageCategory: the vendor's ApplicationCategoryEnum. */
  category: number
  /** Content for a message that names none; `{who}` is the sender, `{what}` the subject. */
  sample: string
}

const COL = '/collaboration/collaboration.do?method=summary'
const INQUIRY = '/inquirybasic.do?method=showInquiryFrame&bid={0}'
const PLAN = '/plan/plan.do?method=initPlanDetailFrame&planId={0}'
const MEETING = '/mtMeeting.do?method=myDetailFrame&id={0}&proxy={1}&proxyId={2}&state=10'
const DOC = '/doc.do?method=docOpenIframeOnlyId&docResId={0}'
const TASK = '/taskmanage/taskinfo.do?method=taskDetailIndex&id={0}'

function link(template: string, form: LinkForm, category: number, sample: string): LinkType {
  return { template, form, category, sample }
}

function edoc(from: string): string {
  return `/edocController.do?method=detailIFrame&from=${from}&affairId={0}`
}

/** The link types that integrators have met. A plugin may add any other. */
export const LINK_TYPES: Readonly<Record<string, LinkType>> = {
  'message.link.col.pending': link(
    `${COL}&openFrom=listPending&affairId={0}&contentAnchor={1}`,
    'prefixed',
    1,
    '{who}发起协同《{what}》',
  ),
  'message.link.col.done.detail': link(
    `${COL}&openFrom=listDone&affairId={0}&contentAnchor={1}`,
    'escaped',
    1,
    '{who}处理了协同《{what}》：同意',
  ),
  'message.link.col.waiSend': link(
    `${COL}&openFrom=listWaitSend&affairId={0}&contentAnchor={1}`,
    'rooted',
    1,
    '{who}回退协同《{what}》',
  ),
  'message.link.col.supervise': link(
    `${COL}&openFrom=supervise&summaryId={0}`,
    'absolute',
    1,
    '{who}请您督办协同《{what}》',
  ),
  'message.link.edoc.pending': link(edoc('Pending'), 'rooted', 4, '{who}发起公文《{what}》，请您审批'),
  'message.link.edoc.done': link(edoc('Done'), 'prefixed', 4, '{who}处理了公文《{what}》'),
  'message.link.edoc.sended': link(edoc('sended'), 'quoted', 4, '公文《{what}》已签发'),
  'message.link.edoc.waitSend': link(edoc('listWaitSend'), 'relative', 4, '{who}退回公文《{what}》'),
  'message.link.mt.send': link(MEETING, 'absolute', 6, '{who}邀请您参加会议《{what}》'),
  'message.link.mt.invite': link(MEETING, 'prefixed', 6, '{who}邀请您参加会议《{what}》'),
  'message.link.mtCreater': link(MEETING, 'escaped', 6, '{who}回执会议《{what}》：参加'),
  'message.link.mt.room_perm': link(
    '/meetingroom.do?method=createPerm&id={0}&proxy={1}&proxyId={2}&openWin=1&periodicityInfoId={3}',
    'prefixed',
    29,
    '{who}申请会议室，请您审批',
  ),
  'message.link.bulletin.open': link(
    '/bulData.do?method=userView&id={0}&auditFlag=0&from=message',
    'quoted',
    7,
    '{who}发布公告《{what}》',
  ),
  'message.link.bul.alreadyauditing': link(
    '/bulData.do?method=userView&id={0}&auditFlag=0&from=message',
    'prefixed',
    7,
    '公告《{what}》已审核',
  ),
  'message.link.bul.auditing': link(
    '/bulData.do?method=audit&id={0}',
    'escaped',
    7,
    '{who}请您审核公告《{what}》',
  ),
  'message.link.news.open': link(
    '/newsData.do?method=userView&id={0}&auditFlag=0&from=message',
    'prefixed',
    8,
    '{who}发布新闻《{what}》',
  ),
  'message.link.news.auditing': link(
    '/newsData.do?method=audit&id={0}',
    'rooted',
    8,
    '{who}请您审核新闻《{what}》',
  ),
  'message.link.inq.alreadyauditing': link(INQUIRY, 'prefixed', 10, '{who}发起调查《{what}》'),
  'message.link.inq.auditing': link(
    '/inquirybasic.do?method=survey_check&bid={0}',
    'absolute',
    10,
    '{who}请您审核调查《{what}》',
  ),
  'message.link.inquiry.send': link(
    `${INQUIRY}&surveytypeid={1}`,
    'escaped',
    10,
    '{who}邀请您参加调查《{what}》',
  ),
  'message.link.bbs.open': link(
    '/bbs.do?method=showPost&articleId={0}&resourceMethod={1}',
    'prefixed',
    9,
    '{who}发起讨论《{what}》',
  ),
  'message.link.bbs_reply': link(
    '/bbs.do?method=showPost&articleId={0}&boardId={1}&resourceMethod={2}',
    'escaped',
    9,
    '{who}回复了您的讨论《{what}》',
  ),
  'message.link.cal.view': link(
    '/calendar/calEvent.do?method=editCalEvent&id={0}&random={1}',
    'prefixed',
    11,
    '{who}共享日程《{what}》给您',
  ),
  'message.link.plan.send': link(PLAN, 'prefixed', 5, '{who}提交计划《{what}》'),
  'message.link.plan.reply': link(PLAN, 'rooted', 5, '{who}回复了您的计划《{what}》'),
  'message.link.plan.summary': link(PLAN, 'prefixed', 5, '{who}总结了计划《{what}》'),
  'message.link.taskmanage.view': link(TASK, 'prefixed', 30, '{who}给您分配任务《{what}》'),
  'message.link.taskmanage.viewfeedback': link(TASK, 'quoted', 30, '{who}汇报任务《{what}》：完成率 60%'),
  'message.link.doc.open.only': link(DOC, 'prefixed', 3, '{who}共享文档《{what}》给您'),
  'message.link.doc.index': link(
    '/doc.do?method=docHomepageIndex&docResId={0}',
    'rooted',
    3,
    '{who}共享文档夹《{what}》',
  ),
  'message.link.doc.folder.open': link(
    '/doc.do?method=docHomepageIndex&docResId={0}',
    'prefixed',
    3,
    '{who}更新文档夹《{what}》',
  ),
  'message.link.doc.open.recommend': link(
    'doc/knowledgeController.do?method=link&docId={0}',
    'relative',
    3,
    '{who}推荐文档《{what}》给您',
  ),
  'message.link.doc.borrowHandle': link(
    'doc/knowledgeController.do?method=borrowHandle&docId={0}',
    'relative',
    3,
    '{who}向您借阅文档《{what}》',
  ),
  'message.link.formtrigger.msg.flow': link(
    `${COL}&openFrom=formQuery&summaryId={0}`,
    'prefixed',
    2,
    '表单《{what}》触发提醒：请及时处理',
  ),
  'message.link.formtrigger.msg.unflow': link(
    '/content/content.do?method=index&isFullPage=true&moduleId={0}&moduleType={1}&rightId={2}',
    'escaped',
    47,
    '表单《{what}》数据已更新',
  ),
  'message.link.webservice.message': link(
    "javascript:getA8Top().openWindow({url:'{0}'})",
    'javascript',
    39,
    '来自业务系统的消息：{what}',
  ),
  'message.link.NC.message': link(
    "javascript:openHistoryNCMessage('{0}','{1}')",
    'javascript',
    39,
    'NC 消息：{what}',
  ),
  'message.link.cip.message.url': link('', 'empty', 39, '第三方消息：{what}'),
  // 绩效: the vendor's page asks for year and month here but names no link type, so this name is a stand-in.
  'message.link.performance.report': link(
    '/performanceReport/performanceReport.do?method=index&id={0}',
    'prefixed',
    41,
    '您的 {what} 绩效报告已生成',
  ),
}

/** Link types for which `linkurl` needs `year` and `month`. */
export const NEEDS_MONTH: readonly string[] = ['message.link.performance.report']

/** Every known link type, in a fixed order. */
export const ALL_LINK_TYPES: readonly string[] = Object.keys(LINK_TYPES)
