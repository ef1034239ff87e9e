type Message = { appId: string; account: string; number: number }

/** Returns the body of a callback with one room message; equal for an equal number. */
export function messageBody({ appId, account, number }: Message): string {
  return JSON.stringify({
    TypeName: 'AddMsg',
    Appid: appId,
    Wxid: account,
    Data: {
      FromUserName: { string: '20000000001@chatroom' },
      ToUserName: { string: account },
      MsgType: 1,
      Content: { string: `wxid_wangfang0101:\n第 ${number} 条` },
      NewMsgId: String(1_000_000_000_000_000_000n + BigInt(number)),
    },
  })
}
