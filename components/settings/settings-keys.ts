/** Where administrators' answers are kept in the query client. */
export const settingsKeys = {
  connections: ['admin', 'connections'] as const,
  connection: (id: string) => ['admin', 'connections', id] as const,
  balance: (id: string) => ['admin', 'connections', id, 'balance'] as const,
  mappings: ['admin', 'mappings'] as const,
  mappingList: (filter: { connection?: string; q?: string; unmapped?: boolean }) =>
    ['admin', 'mappings', filter] as const,
  users: ['admin', 'users'] as const,
  userList: (q: string) => ['admin', 'users', 'list', q] as const,
  userSearch: (q: string) => ['admin', 'users', 'search', q] as const,
}
