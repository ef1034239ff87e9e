import { expect, it } from 'vitest'
import { resolveUrl, readRedirectHost } from '@/worker/wechat/client/wechat-hosts'

it.each([
  ['https://wx.qq.com/a?b=1', undefined, 'https://wx.qq.com/a?b=1'],
  ['https://login.wx2.qq.com/a', undefined, 'https://login.wx2.qq.com/a'],
  ['https://webpush.weixin.qq.com/a', undefined, 'https://webpush.weixin.qq.com/a'],
  ['https://file.web.wechat.com/a', undefined, 'https://file.web.wechat.com/a'],
  ['http://wx.qq.com/a', undefined, null],
  ['https://wx.qq.com.evil.example/a', undefined, null],
  ['https://evilwx.qq.com/a', undefined, null],
  ['https://wx.qq.com:8443/a', undefined, null],
  ['https://wx.qq.com/a?b=1', 'http://127.0.0.1:3002', 'http://127.0.0.1:3002/a?b=1'],
  ['not an address', 'http://127.0.0.1:3002', null],
])('%s with origin %s goes to %s', (address, origin, placed) => {
  expect(resolveUrl(address, origin)).toBe(placed)
})

it.each([
  ['https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=a', undefined, 'wx2.qq.com'],
  ['https://evil.example/webwxnewloginpage', undefined, null],
  ['https://evil.example/webwxnewloginpage', 'http://127.0.0.1:3002', null],
  ['http://127.0.0.1:3002/webwxnewloginpage', 'http://127.0.0.1:3002', 'wx.qq.com'],
  ['http://127.0.0.1:3002/webwxnewloginpage', undefined, null],
  ['//', undefined, null],
])('a login redirected to %s with origin %s goes on at %s', (redirectUri, origin, host) => {
  expect(readRedirectHost(redirectUri, origin)).toBe(host)
})
