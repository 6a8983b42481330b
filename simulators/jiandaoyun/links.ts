/** Where pushes point when nothing else is asked. */
export const JIANDAOYUN_ORIGIN = 'https://www.jiandaoyun.com'

/** What a flow link is made of; ids are 24 hex digits in the vendor's samples. */
export interface FlowLinkParts {
  origin: string
  appId: string
  formId: string
  /** The record. In the new engine it stands as dataId and as instanceId. */
  dataId: string
  /** null leaves taskId out. */
  taskId: string | null
  flowId: number
  action: string
}

/** The old engine's link: no task in it. */
export function oldFlowLink(parts: FlowLinkParts): string {
  const { origin, appId, formId, dataId, action, flowId } = parts
  return (
    `${origin}/dashboard/app/${appId}/form/${formId}/data/${dataId}` +
    `?actionType=${action}&flowId=${flowId}&memberType=0&guestCorpId=`
  )
}

/**
 * The new engine's link. The vendor's page shows two orders of parameters: `sample` is the one in its pushes,
 * `article` the one in its text.
 */
export function newFlowLink(parts: FlowLinkParts, order: 'sample' | 'article' = 'sample'): string {
  const { origin, appId, formId, dataId, taskId, action, flowId } = parts
  const head = `${origin}/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&instanceId=${dataId}`
  const task = taskId === null ? '' : `&taskId=${taskId}`
  const guest = 'memberType=0&guestCorpId='
  return order === 'sample'
    ? `${head}${task}&actionType=${action}&appId=${appId}&dataId=${dataId}&flowId=${flowId}&formId=${formId}&${guest}`
    : `${head}${task}&actionType=${action}&flowId=${flowId}&${guest}&appId=${appId}&formId=${formId}&dataId=${dataId}`
}

/** A batch notice belongs to no single record. The vendor shows no sample, so this shape is a guess. */
export function batchLink(parts: FlowLinkParts): string {
  const { origin, appId, formId, action } = parts
  return `${origin}/message/redirect?msg=task_inst%3A%3A%3A%3A%3A&actionType=${action}&appId=${appId}&formId=${formId}&memberType=0&guestCorpId=`
}

/** A form's own page; dashboards are shown with the same placeholder. */
export function entryLink(origin: string, appId: string, entryId: string): string {
  return `${origin}/app/${appId}/entry/${entryId}`
}

/** One receiver's own message page. */
export function messageLink(origin: string, messageId: string): string {
  return `${origin}/message/${messageId}/data`
}

/** One record's page. */
export function dataLink(origin: string, appId: string, formId: string, dataId: string): string {
  return `${origin}/dashboard/app/${appId}/form/${formId}/data/${dataId}/qr_link`
}
