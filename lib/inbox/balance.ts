export { balanceOf as balance, type Balance } from './balance-store'
