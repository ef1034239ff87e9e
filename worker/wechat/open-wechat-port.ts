import type { WechatPort } from '@/worker/wechat/port'
import { WechatRobot } from '@/worker/wechat/session/wechat-robot'

/** Creates the port on WeChat's web protocol. `wechatOrigin` (`http://127.0.0.1:3002`) replaces all WeChat hosts; paths stay the same. */
export function createWechatPort({ wechatOrigin }: { wechatOrigin?: string | undefined }): WechatPort {
  return {
    open: (options) => new WechatRobot({ ...options, wechatOrigin: wechatOrigin?.replace(/\/+$/, '') }),
  }
}
