import type { AlertKind, AlertLanguage, AlertParams } from '@/lib/db/types'

/** The sentences of alerts. They are not in `messages`, because a channel has a language of its own and the worker serves no viewer. */
type Texts = {
  opened: Record<AlertKind, (params: Values) => string>
  recovered: Record<AlertKind, (params: Values) => string>
  /** What to do about it; "": nothing but open the page. */
  step: Record<AlertKind, string>
  endReason: Record<string, string>
  subject: (counts: { opened: number; recovered: number }) => string
  single: { opened: string; recovered: string }
  colon: string
  more: (count: number) => string
  test: { title: string; text: string }
}
type Values = (name: string) => string

const zh: Texts = {
  opened: {
    robot_offline: (v) => `机器人「${v('robot')}」掉线：${v('reason')}`,
    endpoint_failing: (v) => `应用「${v('application')}」的回调连续失败`,
    endpoint_paused: (v) => `应用「${v('application')}」的回调已暂停，通知在等待`,
    worker_silent: (v) => `工作进程没有响应：${v('host')}`,
    conversation_waiting: (v) => `「${v('name')}」等待人工超过 ${v('minutes')} 分钟（机器人「${v('robot')}」）`,
    disk_full: (v) => `${v('host')} 的磁盘已用 ${v('percent')}%`,
    database_full: (v) => `数据库已用 ${v('percent')}%（上限 ${v('limit')} GB）`,
  },
  recovered: {
    robot_offline: (v) => `机器人「${v('robot')}」已恢复`,
    endpoint_failing: (v) => `应用「${v('application')}」的回调已恢复`,
    endpoint_paused: (v) => `应用「${v('application')}」的回调不再暂停`,
    worker_silent: (v) => `工作进程已恢复或已有新的进程：${v('host')}`,
    conversation_waiting: (v) => `「${v('name')}」不再等待人工`,
    disk_full: (v) => `${v('host')} 的磁盘空间已恢复`,
    database_full: () => '数据库的大小已恢复',
  },
  step: {
    robot_offline: '重新登录：',
    endpoint_failing: '查看原因：',
    endpoint_paused: '修好后在这里恢复：',
    worker_silent: '请检查进程和机器：',
    conversation_waiting: '查看会话：',
    disk_full: '请清理或扩容：',
    database_full: '请缩短保留期限或扩容：',
  },
  endReason: {
    logged_out_on_phone: '在手机上退出了登录',
    logged_in_elsewhere: '在别处登录了',
    expired: '登录已失效',
    login_refused: '微信拒绝登录',
    other_account: '扫码的是另一个微信号',
    '': '原因不明',
  },
  subject: ({ opened, recovered }) =>
    [opened > 0 && `${opened} 个问题`, recovered > 0 && `${recovered} 个恢复`].filter(Boolean).join('，'),
  single: { opened: '告警', recovered: '已恢复' },
  colon: '：',
  more: (count) => `还有 ${count} 条，见管理后台。`,
  test: { title: '测试', text: '这是一条测试消息：告警会发到这里。' },
}

const en: Texts = {
  opened: {
    robot_offline: (v) => `Robot “${v('robot')}” went offline: ${v('reason')}`,
    endpoint_failing: (v) => `Callbacks of application “${v('application')}” keep failing`,
    endpoint_paused: (v) => `Callbacks of application “${v('application')}” are paused; events wait`,
    worker_silent: (v) => `A worker does not respond: ${v('host')}`,
    conversation_waiting: (v) =>
      `“${v('name')}” has waited for a person for more than ${v('minutes')} minutes (robot “${v('robot')}”)`,
    disk_full: (v) => `The disk of ${v('host')} is ${v('percent')}% full`,
    database_full: (v) => `The database is at ${v('percent')}% of its limit of ${v('limit')} GB`,
  },
  recovered: {
    robot_offline: (v) => `Robot “${v('robot')}” has recovered`,
    endpoint_failing: (v) => `Callbacks of application “${v('application')}” work again`,
    endpoint_paused: (v) => `Callbacks of application “${v('application')}” are no longer paused`,
    worker_silent: (v) => `The worker is back or has a successor: ${v('host')}`,
    conversation_waiting: (v) => `“${v('name')}” no longer waits for a person`,
    disk_full: (v) => `The disk of ${v('host')} has space again`,
    database_full: () => 'The database is below its limit again',
  },
  step: {
    robot_offline: 'Log in again: ',
    endpoint_failing: 'See why: ',
    endpoint_paused: 'Resume here after the repair: ',
    worker_silent: 'Check the process and its machine: ',
    conversation_waiting: 'Open the conversation: ',
    disk_full: 'Free or add space: ',
    database_full: 'Keep less data, or add space: ',
  },
  endReason: {
    logged_out_on_phone: 'logged out on the phone',
    logged_in_elsewhere: 'logged in elsewhere',
    expired: 'the login has expired',
    login_refused: 'WeChat refused the login',
    other_account: 'another WeChat account scanned',
    '': 'unknown reason',
  },
  subject: ({ opened, recovered }) =>
    [opened > 0 && `${opened} problem${opened > 1 ? 's' : ''}`, recovered > 0 && `${recovered} recovered`]
      .filter(Boolean)
      .join(', '),
  single: { opened: 'Alert', recovered: 'Recovered' },
  colon: ': ',
  more: (count) => `${count} more are in the dashboard.`,
  test: { title: 'Test', text: 'This is a test message: alerts will arrive here.' },
}

const texts: Record<AlertLanguage, Texts> = { 'zh-CN': zh, en }

/** Returns the texts of a language. */
export function textsOf(language: AlertLanguage): Texts {
  return texts[language]
}

/** Returns a reader of an alert's values: one line each, with a reason in words. */
export function valuesOf(params: AlertParams, { endReason }: Pick<Texts, 'endReason'>): Values {
  return (name) => {
    const value = oneLine(String(params[name] ?? ''))
    return name === 'reason' ? (endReason[value] ?? endReason[''] ?? value) : value || '—'
  }
}

/** Makes foreign text one line without markup: services read `<at …>` and `@`-mentions in texts. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .trim()
}
