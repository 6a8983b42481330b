import type { Card } from '../contract'

/** From this the settings pages are drawn; the words are in `texts.*.json` under the same names. */
export const card: Card = {
  tile: { hue: 290 },
  fields: [
    { name: 'baseUrl', kind: 'url', required: true },
    { name: 'webUrl', kind: 'url' },
    { name: 'restUser', kind: 'text', required: true },
    { name: 'restPassword', kind: 'secret', required: true },
    { name: 'tokenMode', kind: 'choice', options: ['service', 'bound'], default: 'service', advanced: true },
    { name: 'paging', kind: 'choice', options: ['v6', 'legacy'], default: 'v6', advanced: true },
    { name: 'pollSeconds', kind: 'number', min: 1, max: 86_400, default: 60, advanced: true },
    { name: 'concurrency', kind: 'number', min: 1, max: 100, default: 8, advanced: true },
    { name: 'pageSize', kind: 'number', min: 1, max: 200, default: 20, advanced: true },
    { name: 'readMeansDone', kind: 'switch', default: false, advanced: true },
    { name: 'ssoName', kind: 'text', advanced: true },
    { name: 'ssoEntry', kind: 'switch', default: false, advanced: true },
    { name: 'senderLoginName', kind: 'text', advanced: true },
  ],
  guide: [
    { id: 'product' },
    { id: 'restUser', picture: '/guides/seeyon/restUser.svg' },
    { id: 'modules', picture: '/guides/seeyon/modules.svg' },
    { id: 'boundIp', picture: '/guides/seeyon/boundIp.svg' },
    { id: 'webUrl' },
    { id: 'test', check: 'test' },
    { id: 'signOn' },
  ],
  mappingKeys: ['loginName', 'externalId'],
  tellsRead: true,
}
