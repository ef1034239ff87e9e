import { describe, expect, it } from 'vitest'
import { formatResult } from '@/cli/print-result'

const robots = [
  { id: 'rbt_1', username: '云商城客服', isAssistant: true, nickname: '', createdAt: new Date(0) },
  { id: 'rbt_22', username: 'shop', isAssistant: false, nickname: '小明', createdAt: new Date(0) },
]

describe('a result on the terminal', () => {
  it('prints a list as a table of its key columns, aligned by display width', () => {
    const columns = { robots: ['id', 'username', 'isAssistant', 'nickname'] }
    expect(formatResult({ robots }, { isJson: false, columns })).toBe(
      [
        'ID      USERNAME    IS ASSISTANT  NICKNAME',
        'rbt_1   云商城客服  yes           -',
        'rbt_22  shop        no            小明',
      ].join('\n'),
    )
  })

  it('prints an object field by field, never as [object Object]', () => {
    const text = formatResult({ robot: robots[0], companions: ['陈静', '杨洋'] }, { isJson: false })
    expect(text).toContain('username: 云商城客服\nis assistant: yes\nnickname: -\ncreated at: 1970-01-01T00:00:00.000Z')
    expect(text).toContain('companions: 陈静, 杨洋')
    expect(text).not.toContain('[object')
  })

  it('replaces control characters in names, which are untrusted', () => {
    const text = formatResult({ robots: [{ nickname: 'a\u001b[2Jb\nc' }] }, { isJson: false })
    expect(text).toBe('NICKNAME\na\ufffd[2Jb\ufffdc')
  })

  it('states that a list is empty', () => {
    expect(formatResult({ robots: [] }, { isJson: false })).toBe('no robots')
  })

  it('a result on the terminal is one JSON object with every field for a script', () => {
    const text = formatResult({ robots }, { isJson: true, columns: { robots: ['id'] } })
    expect(JSON.parse(text)).toMatchObject({ robots: [{ username: '云商城客服' }, { isAssistant: false }] })
  })
})
