import type { Card } from '../contract'
import { DEFAULT_API_URL, DEFAULT_HOSTS } from './settings'

/** The guide follows the vendor's own order: address, test, secret generated there, save (open/11497, section 2). */
export const card: Card = {
  tile: { hue: 178 },
  fields: [
    { name: 'secret', kind: 'secret', rotates: true },
    { name: 'allowedHosts', kind: 'list', advanced: true, default: DEFAULT_HOSTS },
    { name: 'apiKey', kind: 'secret' },
    { name: 'apiUrl', kind: 'url', advanced: true, default: DEFAULT_API_URL },
    { name: 'forward', kind: 'forward', advanced: true },
  ],
  guide: [
    { id: 'address', picture: '/guides/jiandaoyun/address.svg' },
    { id: 'test', picture: '/guides/jiandaoyun/test.svg', check: 'received' },
    { id: 'secret', picture: '/guides/jiandaoyun/secret.svg' },
    { id: 'save', picture: '/guides/jiandaoyun/save.svg', check: 'test' },
    { id: 'reminders', picture: '/guides/jiandaoyun/reminders.svg' },
    { id: 'apiKey', check: 'test' },
  ],
  mappingKeys: ['externalId'],
  tellsRead: false,
}
