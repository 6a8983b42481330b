'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@/lib/client/call'
import { upload } from '@/lib/client/upload'
import { getImport, importMappings } from '@/lib/contracts/import'
import { settingsKeys } from '../../settings-keys'

type Sent = { file: Blob; createUsers: boolean }

const send = ({ file, createUsers }: Sent, dryRun: boolean) =>
  upload(importMappings, file, {
    dryRun: dryRun ? 'true' : undefined,
    createUsers: createUsers ? 'true' : undefined,
  })

/** Asks what a file would do, and writes nothing. */
export function useTryImport() {
  return useMutation({ mutationFn: (sent: Sent) => send(sent, true) })
}

/** Brings the file in. Its answer holds links that are told once, so it is kept nowhere else. */
export function useApplyImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (sent: Sent) => send(sent, false),
    onSuccess: ({ applied }) => {
      if (!applied) return
      for (const queryKey of [settingsKeys.mappings, settingsKeys.users, settingsKeys.connections]) {
        void client.invalidateQueries({ queryKey })
      }
    },
  })
}

/** Milliseconds. */
const WHILE_RUNNING = 2000

/** How far the look-up of sign-in names is, anew every two seconds until it is done. */
export function useImportProgress(job: string) {
  return useQuery({
    queryKey: ['admin', 'imports', job],
    queryFn: ({ signal }) => call(getImport, { params: { job }, signal }),
    refetchInterval: ({ state }) => (state.data?.done ? false : WHILE_RUNNING),
  })
}
