import QRCode from 'qrcode'
import * as z from 'zod'
import { gatewayOf } from '@/simulator/gateway/data'
import { accountOf, type GatewayCall, GatewayRefusal, readFields } from '@/simulator/gateway/gateway-call'
import { createGatewayCode, dropGatewayDevice, enterGatewayNumber, getGatewayCode } from '@/simulator/gateway/login'
import { findPersonOrThrow } from '@/simulator/world/find-person'
import { touchWorld } from '@/simulator/world/world'

const setCallback: GatewayCall = (input) => {
  const { callbackUrl } = readFields(input, { callbackUrl: z.url() })
  const { world } = input.simulator
  gatewayOf(world).callbackUrls[input.token] = callbackUrl
  touchWorld(world)
  const body = JSON.stringify({ testMsg: '回调地址链接成功', token: input.token })
  void input.simulator.gateway.post(callbackUrl, body)
  return null
}

/** Login, online state and the callback URL. */
export const loginCalls: Record<string, GatewayCall> = {
  'login/getLoginQrCode': async (input) => {
    const { appId } = readFields(input, { appId: z.string() })
    const { uuid, appId: device } = createGatewayCode(input.simulator.world, { appId, token: input.token })
    const qrData = `http://weixin.qq.com/x/${uuid}`
    return { appId: device, uuid, qrData, qrImgBase64: await QRCode.toDataURL(qrData, { margin: 2 }) }
  },
  'login/checkLogin': (input) => {
    const { world } = input.simulator
    const { uuid, captchCode } = readFields(input, { uuid: z.string(), captchCode: z.string().optional() })
    const code = getGatewayCode(world, uuid)
    if (captchCode && code.number !== null && !enterGatewayNumber(world, code, captchCode))
      throw new GatewayRefusal('-301', '验证码错误')
    if (code.state === 'expired') throw new GatewayRefusal('-3', '二维码已过期')
    if (code.state === 'scanned' && code.number !== null) throw new GatewayRefusal('-300', '请输入手机上显示的验证码')
    if (code.state === 'scanned' && code.isCheckOpen) return { url: `${input.origin}/gateway-check/${uuid}` }
    const person = code.wxid ? findPersonOrThrow(world, code.wxid) : null
    const isIn = code.state === 'confirmed'
    return {
      uuid,
      status: { waiting: 0, scanned: 1, confirmed: 2, cancelled: 4 }[code.state],
      expiredTime: Math.max(0, Math.round((code.expiresAtMs - Date.now()) / 1000)),
      headImgUrl: person && `${input.origin}/sim/avatars/${person.wxid}.png`,
      nickName: person?.nickname ?? null,
      loginInfo:
        isIn && person
          ? {
              uin: person.uin,
              wxid: person.wxid,
              nickName: person.nickname,
              mobile: null,
              alias: person.alias,
            }
          : null,
    }
  },
  'login/setCallback': setCallback,
  'tools/setCallback': setCallback,
  'login/checkOnline': ({ device }) => device?.isOnline ?? false,
  'login/reconnection': ({ simulator, device }) => {
    if (!device?.wxid || !device.canReconnect) throw new GatewayRefusal('-4', '重连失败，请重新登录')
    device.isOnline = true
    touchWorld(simulator.world)
    return null
  },
  'login/logout': ({ simulator, device }) => {
    if (device) dropGatewayDevice(simulator.world, device, { canReconnect: false })
    return null
  },
  'personal/getProfile': (input) => {
    const { wxid, nickname, alias, uin } = findPersonOrThrow(input.simulator.world, accountOf(input).wxid)
    return { wxid, nickName: nickname, alias, uin, mobile: null }
  },
}
