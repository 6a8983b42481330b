import * as activity from './activity'
import * as auth from './auth'
import * as connections from './connections'
import * as deliveries from './deliveries'
import * as imports from './import'
import * as mappings from './mappings'
import * as messages from './messages'
import type { Operation } from './operation'
import * as sending from './sending'
import * as sso from './sso'
import * as system from './system'
import * as users from './users'

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'who' in value

/** Every call of the API, for the OpenAPI document and for the check that each has its handler. */
export const operations: Operation[] = [
  messages,
  auth,
  users,
  connections,
  mappings,
  imports,
  deliveries,
  activity,
  sending,
  sso,
  system,
].flatMap((module) => Object.values(module).filter(isOperation))
