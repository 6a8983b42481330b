import { ConnectionList } from '@/components/settings/connections/connection-list'
import { pageTitle } from '../../page-title'
import { forAdministrators } from '../guard'

export const generateMetadata = () => pageTitle((texts) => texts.settings.connections.title)

export default function ConnectionsPage() {
  return forAdministrators('/settings/connections', <ConnectionList />)
}
