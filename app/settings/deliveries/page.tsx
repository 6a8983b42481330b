import { DeliveryList } from '@/components/settings/deliveries/delivery-list'
import { pageTitle } from '../../page-title'
import { forAdministrators } from '../guard'

export const generateMetadata = () => pageTitle((texts) => texts.deliveries.title)

export default function DeliveriesPage() {
  return forAdministrators('/settings/deliveries', <DeliveryList />)
}
