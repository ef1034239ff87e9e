import { plainText, visibleName } from '@/lib/plain-text'
import { robotUsername } from '@/lib/robot/robot-fields'

/** A WeChat name. U+FFFD is refused, because it means that the client decoded the text with a wrong encoding. */
export const personName = plainText({ maxLength: 64, isTrimmed: true }).refine((name) => !name.includes('\ufffd'), {
  error: '含有无法识别的字符，须为 UTF-8 编码',
  params: { rule: 'characters' },
})

/** Maximum code points of the name that an operator gives a group. */
export const maxNameLength = 32
export const qunName = visibleName(maxNameLength)

/** Maximum people that a join token may be limited to. */
export const maxJoinTokenUses = 100_000

/** What a request for a group has, from the API, the dashboard, the command line or a file. Spec: 请求建群, B4 (POST /wxbot/qun). */
export const qunRequest = {
  code: plainText({ maxLength: 800 }),
  owner: personName,
  assistant: robotUsername,
}
