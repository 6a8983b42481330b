/** Forwards for the use case that sends them. */
export { askToForward } from './forward-new'
export {
  cancelForwards,
  claimForwards,
  endForwards,
  nextForward,
  overdueForwards,
  settleForward,
  type ClaimedForward,
  type Settlement,
} from './forward-store'
