import { ImportPage } from '@/components/settings/mappings/import/import-page'
import { pageTitle } from '../../../page-title'
import { forAdministrators } from '../../guard'

export const generateMetadata = () => pageTitle((texts) => texts.import.title)

export default function ImportMappingsPage() {
  return forAdministrators('/settings/mappings/import', <ImportPage />)
}
