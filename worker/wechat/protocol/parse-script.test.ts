import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCode, parseLoginPoll, parseSyncCheck } from '@/worker/wechat/protocol/parse-script'

it.each([
  ['window.QRLogin.code = 200; window.QRLogin.uuid = "gZF8miqrkA==";', 'gZF8miqrkA=='],
  ['window.QRLogin.code = 400; window.QRLogin.uuid = "x";', null],
  ['window.QRLogin.code = 200; window.QRLogin.uuid = "x"; process.exit()', null],
  ['<html>', null],
  [undefined, null],
])('parseCode reads %j without evaluating it', (script, code) => {
  expect(parseCode(script)).toBe(code)
})

it.each([
  ['window.code=408;', { state: 'waiting' }],
  ['window.code=400;', { state: 'over' }],
  [
    "window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AA=';",
    { state: 'scanned', avatar: 'data:image/jpeg;base64,/9j/4AA=' },
  ],
  ["window.code=201;window.userAvatar = 'javascript:alert(1)';", { state: 'scanned', avatar: null }],
  ['window.code=201;', { state: 'scanned', avatar: null }],
  [
    'window.code=200;\nwindow.redirect_uri="https://wx2.qq.com/x?ticket=a&scan=1";',
    { state: 'confirmed', redirectUri: 'https://wx2.qq.com/x?ticket=a&scan=1' },
  ],
  ['window.code=200;', null],
  ['window.code=200;window.redirect_uri="x"; evil()', null],
  ['', null],
])('parseLoginPoll reads %j', (script, poll) => {
  expect(parseLoginPoll(script)).toEqual(poll)
})

it.each([
  ['window.synccheck={retcode:"0",selector:"2"}', { retcode: 0, selector: 2 }],
  ['window.synccheck={retcode:"1101",selector:"0"}', { retcode: 1101, selector: 0 }],
  ['window.synccheck={retcode:"0",selector:"2"};evil()', null],
  ['<html>502</html>', null],
])('parseSyncCheck reads %j', (script, check) => {
  expect(parseSyncCheck(script)).toEqual(check)
})

it('the script parsers never throw, whatever the input', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: false }), fc.string(), (anything, text) => {
      for (const parse of [parseCode, parseLoginPoll, parseSyncCheck]) {
        expect(() => parse(text)).not.toThrow()
        expect(() => parse(anything)).not.toThrow()
      }
    }),
  )
})
