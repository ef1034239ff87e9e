/**
 * Tells why an answer does not count as delivered; null = it does: any 2xx, and if the body is a JSON object with a
 * `retCode`, that is 0 or "0". The body may be cut: what is no whole JSON says nothing. Spec: decisions A12.
 */
export function judgeAnswer({ httpStatus, body }: { httpStatus: number; body: string }): string | null {
  if (httpStatus >= 300 && httpStatus < 400) return `返回 HTTP ${httpStatus} 重定向，回调不跟随重定向`
  if (httpStatus < 200 || httpStatus >= 300) return `返回 HTTP ${httpStatus}`
  const retCode = readRetCode(body)
  return retCode === undefined || retCode === 0 || retCode === '0'
    ? null
    : `retCode 是 ${JSON.stringify(retCode).slice(0, 100)}，不是 0`
}

function readRetCode(body: string): unknown {
  try {
    const answer: unknown = JSON.parse(body.replace(/^\uFEFF/, ''))
    const isObject = typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'retCode')
    return isObject ? (answer as { retCode: unknown }).retCode : undefined
  } catch {
    return undefined
  }
}
