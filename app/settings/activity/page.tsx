import { ActivityPage } from '@/components/settings/activity/activity-page'
import { pageTitle } from '../../page-title'
import { forAdministrators } from '../guard'

export const generateMetadata = () => pageTitle((texts) => texts.activity.title)

export default function Activity() {
  return forAdministrators('/settings/activity', <ActivityPage />)
}
