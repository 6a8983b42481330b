import * as contract from '@/lib/contracts/import'
import { route } from '@/lib/http/route'
import { exportPeople } from '@/lib/integrations/people-file/export-people'

export const GET = route(contract.exportMappings, async () => {
  const { content, filename } = await exportPeople()
  return new Response(content, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
    },
  })
})
