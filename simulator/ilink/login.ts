import { randomHex } from '@/simulator/world/random'
import { touchWorld, type World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'
import { type IlinkBot, type IlinkCode, ilinkOf } from '@/simulator/ilink/data'

const codeLifeMs = 5 * 60_000
const maxWrongNumbers = 3

/** Issues a login code. `localTokens` are the tokens that the client already holds. */
export function createIlinkCode(world: World, { localTokens }: { localTokens: string[] }): IlinkCode {
  const code: IlinkCode = {
    qrcode: randomHex(16),
    state: 'wait',
    wxid: null,
    number: null,
    wrongNumbers: 0,
    redirectHost: null,
    localTokens,
    token: null,
    expiresAtMs: Date.now() + codeLifeMs,
  }
  ilinkOf(world).codes[code.qrcode] = code
  touchWorld(world)
  return code
}

/** Returns a code in its current state. @throws NOT_FOUND */
export function getIlinkCode(world: World, qrcode: string): IlinkCode {
  const { codes } = ilinkOf(world)
  const code = Object.hasOwn(codes, qrcode) ? codes[qrcode] : undefined
  if (!code) throw new WorldError('NOT_FOUND', `there is no iLink code ${qrcode}`)
  if (code.state !== 'confirmed' && code.expiresAtMs < Date.now()) code.state = 'expired'
  return code
}

/** Records a person's scan. With `number` the client must send that number; with `redirectHost` polls move to that host. */
export function scanIlinkCode(
  world: World,
  scan: { qrcode: string; wxid: string; number?: string | undefined; redirectHost?: string | undefined },
): IlinkCode {
  const { qrcode, wxid, number, redirectHost } = scan
  const code = getIlinkCode(world, qrcode)
  if (!world.data.people[wxid]) throw new WorldError('NOT_FOUND', `there is no person ${wxid}`)
  if (code.state !== 'wait') throw new WorldError('CONFLICT', `the code is ${code.state}`)
  Object.assign(code, { wxid, number: number ?? null, redirectHost: redirectHost ?? null })
  return changeState(world, code, number ? 'need_verifycode' : 'scaned')
}

/** Checks the client's number: the correct one continues the login, the third wrong one blocks the code. */
export function checkIlinkNumber(world: World, code: IlinkCode, number: string): IlinkCode {
  if (code.state !== 'need_verifycode') return code
  if (number === code.number) return changeState(world, code, 'scaned')
  code.wrongNumbers += 1
  return changeState(world, code, code.wrongNumbers >= maxWrongNumbers ? 'verify_code_blocked' : 'need_verifycode')
}

/** Confirms a login: creates a bot and ends the person's previous one, unless the client already holds its token. */
export function confirmIlinkCode(world: World, qrcode: string): IlinkCode {
  const code = getIlinkCode(world, qrcode)
  const { wxid } = code
  if (code.state !== 'scaned' || !wxid) throw new WorldError('CONFLICT', `the code is ${code.state}`)
  const { bots } = ilinkOf(world)
  const bound = bots.find((bot) => bot.wxid === wxid && bot.isAlive)
  if (!bound || !code.localTokens.includes(bound.token)) {
    if (bound) endIlinkBot(world, bound)
    const botId = `${randomHex(6)}@im.bot`
    code.token = `${botId}:${randomHex(16)}`
    bots.push({ ...emptyBot, token: code.token, botId, wxid })
  }
  return changeState(world, code, 'confirmed')
}

const emptyBot = {
  isAlive: true,
  isStarted: false,
  headSeq: 0,
  deliveredSeq: 0,
  lastInboundAtMs: null,
  sentSinceInbound: 0,
}

export function expireIlinkCode(world: World, qrcode: string): IlinkCode {
  return changeState(world, getIlinkCode(world, qrcode), 'expired')
}

/** Ends a bot: every further call with its token, and a held poll, returns -14. */
export function endIlinkBot(world: World, bot: IlinkBot): void {
  bot.isAlive = false
  world.events.emit(`ilink ${bot.botId}`)
  touchWorld(world)
}

function changeState(world: World, code: IlinkCode, state: IlinkCode['state']): IlinkCode {
  code.state = state
  world.events.emit(`ilink code ${code.qrcode}`)
  touchWorld(world)
  return code
}
