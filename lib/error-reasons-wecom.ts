/** Reasons that concern WeCom and the check of a company; part of `errorReasons`. */
export const wecomReasons = {
  wecom_credentials: { code: 'SESSION_GONE', zh: '企业凭证已失效（{code}），请检查企业 ID 和应用的 Secret' },
  wecom_limited: { code: 'WECHAT_TOO_OFTEN', zh: '企业微信限制了调用频率（{code}）' },
  wecom_api_off: { code: 'ILLEGAL_ACTION', zh: '应用没有这个客服账号的接口权限（{code}）' },
  wecom_state: { code: 'ILLEGAL_ACTION', zh: '会话正由人工接待或已结束，暂时不能发送' },
  wecom_servicer: { code: 'ILLEGAL_ACTION', zh: '接待人员没有在接待' },
  wecom_still_queued: {
    code: 'ILLEGAL_ACTION',
    zh: '会话还在待接入池里，企业微信只允许员工接入之后结束；在机器人的设置里指定接待人员后，可以由 wxbot 结束',
  },
  wecom_ip: { code: 'WECHAT_REFUSED', zh: '企业微信拒绝了服务器的 IP（60020），请加入企业可信 IP' },
  wecom_refused: { code: 'WECHAT_REFUSED', zh: '企业微信拒绝了请求（{code}）' },
  wecom_part_failed: { code: 'OUTCOME_UNKNOWN', zh: '长文本共 {count} 条，第 {part} 条没有发出：{cause}' },
  wecom_not_verified: { code: 'ILLEGAL_ACTION', zh: '企业没有认证，消息没有送达' },
  wecom_refused_by_person: { code: 'WECHAT_REFUSED', zh: '对方拒收，消息没有送达' },
  wecom_account_off: { code: 'ILLEGAL_ACTION', zh: '客服账号已删除或应用已停用，消息没有送达' },
  wecom_not_delivered: { code: 'WECHAT_REFUSED', zh: '微信接受了消息，但没有送达' },
  kf_account_taken: { code: 'ILLEGAL_ACTION', zh: '客服账号「{username}」已经有一个机器人：一个账号只能有一个' },
  create_account_not_fitting: {
    code: 'INVALID_PARAMETER',
    zh: 'create_account 只用于连接方式 wecom_kf，不适用于 {connection}',
  },
  kf_account_name: { code: 'INVALID_PARAMETER', zh: '要新建的客服账号，名称最多 {max} 个字' },
  connector_lent_to_none: { code: 'ILLEGAL_ACTION', zh: '请先把这个连接器提供给一个应用：群的事件发给它' },
  group_pool_full: { code: 'ILLEGAL_ACTION', zh: '备用客户群最多 {max} 个' },
  group_pool_empty: {
    code: 'ASSISTANT_NOT_READY',
    zh: '没有空闲的客户群：请群主在企业微信里再建一个客户群，名称以约定的前缀开头，或由管理员把它加入备用群',
  },
  group_full: { code: null, zh: '客户群已满：请群主移出不需要的成员，或为这个商户换一个新的群' },
  group_join_self: {
    code: 'QUN_NOT_OPEN',
    zh: '「{member}」不在客户群里：客户群只能由本人扫码加入，不能代为加入，请把入群链接发给本人',
  },
  join_way_picture: { code: 'WECHAT_REFUSED', zh: '企业微信给出的入群二维码取不到：{cause}' },
  join_way_kept: { code: 'WECHAT_REFUSED', zh: '入群已停止，但官方二维码还没有作废，扫码的人仍能入群：{cause}' },
  group_gone: { code: 'WECHAT_REFUSED', zh: '应用看不到这个客户群：请确认群主在「客户联系」的可见范围内' },
  wecom_check_secret: {
    code: null,
    zh: '企业微信不认企业 ID 或 Secret（{code}）：请核对「我的企业」里的企业 ID，和「微信客服」或自建应用的 Secret',
  },
  wecom_check_ip: {
    code: null,
    zh: '企业微信拒绝了服务器的 IP：请在管理后台的应用详情里，把 {address} 加入「企业可信IP」',
  },
  wecom_check_unknown_ip: {
    code: null,
    zh: '企业微信拒绝了服务器的 IP：请在管理后台的应用详情里，把服务器的出口 IP 加入「企业可信IP」',
  },
  wecom_check_permission: {
    code: null,
    zh: '应用不能调用微信客服（{code}）：请在「微信客服」的「可调用接口的应用」里选上这个应用',
  },
  wecom_check_groups: {
    code: null,
    zh: '应用不能读取客户群（{code}）：请在「客户联系」的「可调用接口的应用」里选上这个应用，并把群主放进它的可见范围',
  },
  wecom_check_owners: {
    code: null,
    zh: '应用的可见范围超过 1000 人，企业微信要求指定群主（81017）：请在连接器里填写群主的 userid',
  },
  wecom_check_no_account: { code: null, zh: '应用看不到客服账号：请在「微信客服」里创建账号，并允许这个应用管理' },
  wecom_check_cannot_send: {
    code: null,
    zh: '应用只能看、不能用这些客服账号发消息：{names}。请在「微信客服」里把它们交给这个应用管理',
  },
  wecom_check_callback: {
    code: null,
    zh: '企业微信还没有验证回调地址：请把回调地址、Token、EncodingAESKey 填到「接收消息」里并保存',
  },
  wecom_check_public_url: {
    code: null,
    zh: '企业微信可能访问不到 {url}：PUBLIC_URL 须是公网的 https 地址，域名已备案，备案主体与企业相同或有关联',
  },
  wecom_check_unreachable: { code: null, zh: '连不上企业微信（{detail}）：请检查服务器的网络' },
} as const
