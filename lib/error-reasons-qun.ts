/** Reasons that concern imported files and members of groups; part of `errorReasons`. */
export const qunReasons = {
  import_columns: { code: 'INVALID_PARAMETER', zh: '第一行缺少这些列：{names}' },
  import_empty: { code: 'INVALID_PARAMETER', zh: '文件里没有数据行' },
  import_too_many: { code: 'INVALID_PARAMETER', zh: '一次最多导入 {max} 行' },
  import_required: { code: null, zh: '不能为空' },
  import_too_long: { code: null, zh: '不能超过 {max} 个字符' },
  import_characters: { code: null, zh: '含有无法识别或不允许的字符，文件须为 UTF-8 编码' },
  member_not_doubtful: { code: 'ILLEGAL_ACTION', zh: '这个人不是按昵称识别的，不需要确认' },
  member_not_removable: { code: 'ILLEGAL_ACTION', zh: '这个人还在微信群里，请先在手机上把他移出群' },
  member_refused_by_operator: { code: null, zh: '管理员确认不是同一个人' },
  membership_not_found: { code: 'NOT_FOUND', zh: '群里没有这个人' },
} as const
