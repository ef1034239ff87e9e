import type { WechatPort } from './port'
import { WechatRobot } from './wechat-robot'

/**
 * Makes the port on wechaty's stock puppet. `wechatOrigin` (`http://127.0.0.1:3002`) takes the place of every WeChat host, paths stay.
 */
export function createWechatPort({ wechatOrigin }: { wechatOrigin?: string }): WechatPort {
  return {
    open: (options) => new WechatRobot({ ...options, wechatOrigin: wechatOrigin?.replace(/\/+$/, '') }),
  }
}
