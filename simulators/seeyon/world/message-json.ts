import type { WireValue } from '../wire-json'
import type { Member, SeeyonMessage } from './world'

/** A message as the vendor's page shows it: its fields, its order, its ids as numbers. */
export function messageToWire(message: SeeyonMessage): WireValue {
  const wire: Record<string, WireValue> = {
    id: BigInt(message.id),
    creationDate: message.creationDate,
    referenceId: BigInt(message.referenceId),
    messageCategory: message.messageCategory,
    messageContent: message.messageContent,
    messageType: message.messageType,
    senderId: BigInt(message.senderId),
    receiverId: BigInt(message.receiverId),
    userId: BigInt(message.receiverId),
    senderName: message.senderName,
    linkType: message.linkType,
    openType: message.openType,
  }
  for (const [index, param] of message.linkParams.entries()) wire[`linkParam${index}`] = param
  wire.isRead = message.isRead
  if (message.importantLevel !== null) wire.importantLevel = message.importantLevel
  return { ...wire, ...message.extra }
}

/** A member as `orgMember` shows it. */
export function memberToWire(member: Member): WireValue {
  return {
    id: BigInt(member.id),
    orgAccountId: BigInt(member.unitId),
    name: member.name,
    code: member.code,
    loginName: member.loginName,
    createTime: member.createdAt,
    updateTime: member.createdAt,
    enabled: member.enabled,
    isDeleted: false,
    isLoginable: true,
    isAssigned: true,
    isAdmin: false,
    isValid: member.enabled,
    isInternal: true,
    state: member.enabled ? 1 : 2,
    status: 1,
    orgDepartmentId: BigInt(member.departmentId),
    orgPostId: BigInt(member.postId),
    orgLevelId: BigInt(member.levelId),
    telNumber: '',
    emailAddress: '',
    officeNum: '',
    gender: -1,
    pinyin: member.loginName,
    second_post: [],
    concurrent_post: [],
    properties: {},
    orgAccountName: member.unit,
    orgDepartmentName: member.department,
    orgPostName: '职员',
    orgLevelName: '普通',
  }
}
