import type { Card } from '../contract'
import { DEFAULT_HOSTS } from './settings'

/** The guide follows the vendor's own order: address, test, secret generated there, save (open/11497, section 2). */
export const card: Card = {
  tile: { hue: 178 },
  fields: [
    { name: 'secret', kind: 'secret', rotates: true },
    { name: 'allowedHosts', kind: 'list', advanced: true, default: DEFAULT_HOSTS },
    { name: 'apiKey', kind: 'secret', advanced: true },
  ],
  guide: [
    { id: 'address' },
    { id: 'test', check: 'received' },
    { id: 'secret' },
    { id: 'save', check: 'test' },
    { id: 'reminders' },
  ],
  mappingKeys: ['externalId'],
  tellsRead: false,
}
