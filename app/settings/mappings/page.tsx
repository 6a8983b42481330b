import { MappingList } from '@/components/settings/mappings/mapping-list'
import { pageTitle } from '../../page-title'
import { forAdministrators } from '../guard'

export const generateMetadata = () => pageTitle((texts) => texts.settings.mappings.title)

export default function MappingsPage() {
  return forAdministrators('/settings/mappings', <MappingList />)
}
