/** Who there is in a connection, whether a message came for them or not. */
export { writeMembers, type Member } from './member-store'
