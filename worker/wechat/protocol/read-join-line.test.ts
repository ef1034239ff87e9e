import { describe, expect, it } from 'vitest'
import { readJoinLine } from '@/worker/wechat/protocol/read-join-line'

const cases: [line: string, names: string | null][] = [
  ['"小陈"邀请"小王"加入了群聊', '小王'],
  ['"小陈"邀请"小王、小李"加入了群聊', '小王、小李'],
  ['你邀请"小王"加入了群聊  ', '小王'],
  ['“小王”通过扫描“小陈”分享的二维码加入群聊', '小王'],
  ['"Ann" invited "Bob" to the group chat', 'Bob'],
  ['"Bob" joined the group chat via the QR code shared by "Ann"', 'Bob'],
  ['"小陈"邀请你加入了群聊，群聊参与人还有：小李', null],
  ['你将"小王"移出了群聊', null],
  ['"小王"修改群名为“群”', null],
  ['', null],
]

describe('a system message of a room', () => {
  it.each(cases)('%j names the people who joined: %j', (line, names) => expect(readJoinLine(line)).toBe(names))
})
