import { codeTable } from '@/lib/http/openapi/documented-codes'

/** The rules of every call, in Markdown. Spec: A2 (HTTP status and envelope), A3 (access token), A6 (robot). */
export const introduction = `
微信机器人接口。每个机器人是一个微信号：扫码登录、同步微信群、发送文本和图片，群里的消息通知到你的回调地址。

## 访问令牌

\`POST\` 把 \`token\` 放在 JSON 正文里，\`GET\` 和 \`DELETE\` 放在 URL 参数里；也可以都用 \`Authorization: Bearer\`，同时给出时以它为准。
每个令牌默认每分钟 600 次，超过时返回 HTTP 429 和 \`Retry-After\`。
令牌可以限定权限（\`read\` 查询、\`send\` 发消息、\`control\` 其它操作）、机器人和来源地址；不允许的调用返回 -1006，\`/v1\` 接口同时返回 HTTP 403。

## 返回值

所有接口返回 \`{"retCode", "errorMsg", "data"}\`。\`/robots\` 接口成功和失败都是 HTTP 200，请看 \`retCode\`；例外是路径不存在 404、方法不支持 405、
正文超过 1 MiB 413、太频繁 429。\`/v1\` 接口使用实际的 HTTP 状态。将来可能增加字段，请忽略不认识的字段。
请求正文总是按 JSON 解析，不看 \`Content-Type\`。每个返回都带 \`X-Request-Id\`。

## 机器人状态

| status | 含义 |
| --- | --- |
| offline | 离线 |
| waiting_scan | 等待扫码 |
| waiting_code | 等待输入手机上显示的数字 |
| waiting_confirm | 已扫码，等待在手机上确认 |
| online | 在线 |
| reconnecting | 重连中 |

## 错误码

${codeTable()}
`.trim()
