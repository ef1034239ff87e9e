/** Characters of a pumped text, far beyond the limit of a WeChat message. */
const length = 100_000

const units = [
  ' ', '\t', '\u00a0', '\n', ' \n', '\r', '\u2028', '\0', '&', '&amp;', '&amp;amp;', '&lt;', '&#', '&#0;', '&#x1f604;', '<', '>', '<br', '<br/>', '<br ',
  '<span class="emoji emoji', '<span class="emoji emoji1f604"></span>', '<a b="c">', '</a>', '<a/>', '<![CDATA[', '<!--', '<?', '"', "'", '“', '”',
  '中', '😄', '\ud83d', '\udc00', '0', '7f', ':', ':<br/>', '@', '@a:', ',', '.', ';', '=', '==', '+', '/', '\\', '?', '#', '|', '-', '_', '%', '%41', '(', '[',
  '{', 'a', 'aA1', 'a ', '我是', '移出群聊', '你被"', '" invited "', '\u202e', '\u0301', '<username>', '<title>', '<refermsg>', ' ;', '; ',
] // prettier-ignore

/** The repeated middle of a frame. */
const fillers = [' ', '\n', '&', '<', '"', "'", 'a', '0', '中', ';', '/', ':']

/** Starts and ends that make a parser read the pumped middle before it can fail. */
const frames = [
  ['@a:<br/>', '>'],
  ['<msg>', '</msg>'],
  ['&lt;msg fromusername="wxid_a"', '&gt;'],
  ['<br', '!'],
  ['你被"', '"移出群聊'],
  ['window.QRLogin.code = 200; window.QRLogin.uuid = "a"', '!'],
  ['window.synccheck={retcode:"0",selector:"2"}', '!'],
  ["window.code=201;window.userAvatar='data:img/jpg;base64,", '!'],
  ['window.code=200;window.redirect_uri="https://wx.qq.com/"', '!'],
] as const

/** Returns texts of 100,000 characters that expose parsers of more than linear time. */
export function pumpedTexts(): string[] {
  const pump = (unit: string) => unit.repeat(Math.ceil(length / unit.length))
  const framed = frames.flatMap(([before, after]) => fillers.map((unit) => before + pump(unit) + after))
  return [...units.flatMap((unit) => [pump(unit), `${pump(unit)}x`]), ...framed]
}

/** Returns the CPU milliseconds of this process during `act`, the best of up to three runs; a run below `enoughMs` ends the measurement. */
export function cpuMsOf(act: () => unknown, enoughMs: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3 && best >= enoughMs; run++) {
    const before = process.cpuUsage()
    act()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}
