/** Reasons that concern alert channels; part of `errorReasons`. */
export const alertReasons = {
  alert_channel_not_found: { code: 'NOT_FOUND', zh: '告警渠道不存在' },
  alert_channel_limit: { code: 'ILLEGAL_ACTION', zh: '最多 {max} 个告警渠道，已经到了上限' },
  alert_channel_unusable: { code: 'INVALID_PARAMETER', zh: '告警渠道的地址不可用：{cause}' },
  alert_channel_fields: { code: 'INVALID_PARAMETER', zh: '告警渠道的参数缺失或格式不对：{names}' },
  alert_owner_robot: { code: 'INVALID_PARAMETER', zh: '只有 iLink 机器人可以给绑定的人发告警' },
  alert_test_late: { code: 'COMMAND_TIMEOUT', zh: '测试没有在 {seconds} 秒内完成，请确认工作进程在运行' },
  alert_channel_unreadable: { code: null, zh: '渠道的密钥打不开，请重新填写' },
  alert_unreadable: { code: null, zh: '对方的响应无法识别，请检查地址' },
  alert_refused: { code: null, zh: '对方拒绝了消息（{code}）：{detail}' },
  alert_mail_rejected: { code: null, zh: '邮件服务器拒绝了 {count} 个收件人' },
  alert_mail_auth: { code: null, zh: '邮件服务器不接受用户名或密码（{code}）' },
  alert_mail_refused: { code: null, zh: '邮件服务器拒绝了邮件（{code}）' },
  alert_mail_failed: { code: null, zh: '连不上邮件服务器（{code}）：请检查地址、端口和加密方式' },
} as const
