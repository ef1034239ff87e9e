/** The documented return codes (错误码) and when each is returned. Spec: A5 (return codes). */
export const documentedCodes: readonly { retCode: number; name: string; when: string }[] = [
  { retCode: 0, name: '成功', when: '' },
  { retCode: 2000, name: '应用不存在', when: '访问令牌无效、已撤销或已过期，或应用已停用' },
  {
    retCode: 1205,
    name: '图片发送太频繁，被限制发送',
    when: '微信限制发送，时限内自动再试仍不行；或等待发送的消息太多；请过一会儿再试',
  },
  { retCode: 1102, name: '微信已经退出登录', when: '机器人没有登录，或已被退出' },
  { retCode: 1, name: '请求接口失败', when: '超时、请求太频繁或系统内部错误；发送消息时表示结果未知' },
  { retCode: -1, name: '消息发送失败', when: '微信拒绝了这条消息' },
  { retCode: -1000, name: '返回值不带BaseResponse', when: '微信的响应里没有 BaseResponse' },
  { retCode: -1001, name: '微信群不存在', when: '`to_user` 不是这个机器人的群或联系人' },
  { retCode: -1002, name: '文件位置错误', when: '图片链接取不到、不允许访问、不是图片或超过 10 MiB' },
  { retCode: -1003, name: '服务器拒绝连接', when: '连接不上微信，消息没有发出' },
  { retCode: -1004, name: '服务器返回异常值', when: '微信的响应无法识别' },
  { retCode: -1005, name: '参数错误', when: '参数缺失、为空、类型不对或太长，机器人不存在；`errorMsg` 指出是哪个参数' },
  {
    retCode: -1006,
    name: '无效操作',
    when: '没有这个接口、不支持这个方法，访问令牌没有权限，机器人的状态不允许这个操作，或等待发送的消息被操作员取消',
  },
]

/** Renders the table of codes in Markdown. */
export function codeTable(): string {
  const rows = documentedCodes.map(({ retCode, name, when }) => `| ${retCode} | ${name} | ${when} |`)
  return ['| retCode | 含义 | 何时返回 |', '| --- | --- | --- |', ...rows].join('\n')
}

/** Returns the names of some codes in one line. */
export function describeCodes(retCodes: readonly number[]): string {
  return documentedCodes
    .filter(({ retCode }) => retCodes.includes(retCode))
    .map(({ retCode, name }) => `\`${retCode}\` ${name}`)
    .join('；')
}

export function nameOfCode(retCode: number | undefined): string {
  return documentedCodes.find((code) => code.retCode === retCode)?.name ?? '失败'
}
