/** Transactions for those who join several stores in one; what is done in them, only stores know. */
export { inSqlTransaction, inTransaction, type Tx } from './db'
