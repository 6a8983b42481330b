import { UserList } from '@/components/settings/people/user-list'
import { pageTitle } from '../../page-title'
import { forAdministrators } from '../guard'

export const generateMetadata = () => pageTitle((texts) => texts.settings.people.title)

export default function PeoplePage() {
  return forAdministrators('/settings/people', <UserList />)
}
