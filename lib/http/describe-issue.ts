import type { z } from 'zod'
import { AppError } from '@/lib/errors'

const typeNames: Record<string, string> = {
  string: '字符串',
  number: '数字',
  int: '整数',
  boolean: '布尔值',
  object: 'JSON 对象',
  array: '数组',
}

/** Returns an error that names the first invalid parameter and states the problem in Chinese. */
export function describeIssue(error: z.ZodError): AppError {
  const issue = error.issues[0]
  const parameter = issue?.path.join('.') || 'body'
  if (!issue) return new AppError('INVALID_PARAMETER', { reason: 'parameters_invalid', parameter })
  const params = { name: parameter, rule: ruleOf(issue) }
  return new AppError('INVALID_PARAMETER', { reason: 'parameter_invalid', params, parameter })
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '缺失' : `类型不对，应为${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.input === undefined ? '缺失' : `只能是 ${issue.values.map(String).join('、')} 之一`
    case 'too_small':
      return issue.origin === 'string' ? '不能为空' : `不能小于 ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `不能超过 ${issue.maximum} 个字符` : `不能大于 ${issue.maximum}`
    case 'custom':
      return issue.message
    default:
      return '格式不对'
  }
}
