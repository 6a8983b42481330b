/** The record of who changed what, for the stores of other folders. */
export { writeAudit, type AuditEntry, type AuditValue } from './audit-store'
