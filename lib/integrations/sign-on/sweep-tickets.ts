export { deleteExpiredTickets as sweepTickets } from './sign-on-store'
