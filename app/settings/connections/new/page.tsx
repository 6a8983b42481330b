import { NewConnection } from '@/components/settings/connections/new-connection'
import { pageTitle } from '../../../page-title'
import { forAdministrators } from '../../guard'

export const generateMetadata = () => pageTitle((texts) => texts.settings.connections.new.title)

export default function NewConnectionPage() {
  return forAdministrators('/settings/connections/new', <NewConnection />)
}
