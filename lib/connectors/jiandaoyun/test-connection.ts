import type { Check, Context } from '../contract'
import { checkApi } from './api/check'
import type { JiandaoyunSettings } from './settings'

/**
 * The settings by themselves, then the API key, which is the one thing with which the vendor is called. Whether
 * pushes arrive is seen by the core, which receives them.
 */
export async function testConnection(context: Context<JiandaoyunSettings>): Promise<Check[]> {
  const { settings } = context
  return [checkSecret(settings), checkHosts(settings), ...(await checkApi(context))]
}

function checkSecret({ secret }: JiandaoyunSettings): Check {
  if (secret !== undefined)
    return {
      name: 'secret',
      ok: true,
      detail: {
        'zh-CN': '已填写。是否与简道云一致，收到下一次推送时可知',
        en: 'It is there. The next push shows whether it is the one Jiandaoyun signs with',
      },
    }
  return {
    name: 'secret',
    ok: false,
    detail: {
      'zh-CN': '还没有填写。在简道云「企业管理 >> 消息推送」点「生成 Secret」，复制到这里并保存',
      en: 'Not there yet. Click 生成 Secret at 企业管理 >> 消息推送 in Jiandaoyun, paste it here and save',
    },
  }
}

function checkHosts({ allowedHosts }: JiandaoyunSettings): Check {
  const list = allowedHosts.join(' ')
  if (allowedHosts.length > 0)
    return {
      name: 'hosts',
      ok: true,
      detail: { 'zh-CN': `可以打开的域名：${list}`, en: `Links may lead to ${list}` },
    }
  return {
    name: 'hosts',
    ok: false,
    detail: {
      'zh-CN': '没有允许的域名，所有消息都打不开原文。填上简道云的域名',
      en: 'No host is allowed, so no original can be opened. Enter the hosts of Jiandaoyun',
    },
  }
}
