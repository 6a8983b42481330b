'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import type { Connection } from '@/lib/contracts/connections'
import { importPeople } from '@/lib/contracts/mappings'
import { settingsKeys } from '../settings-keys'

/** Brings the members of a connection into the list of persons; the list is read anew. */
export function useImportMembers() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Connection, 'id' | 'name'>) => call(importPeople, { params: { id } }),
    onSuccess: () => {
      for (const queryKey of [settingsKeys.mappings, settingsKeys.connections]) {
        void queryClient.invalidateQueries({ queryKey })
      }
    },
  })
}

export type ImportingMembers = ReturnType<typeof useImportMembers>
