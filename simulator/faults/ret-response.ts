/** Returns a response with only this Ret, in the format of the call. */
export function retResponse(path: string, ret: number): Response {
  const script = { 'Content-Type': 'text/javascript; charset=UTF-8' }
  if (path.endsWith('/synccheck')) {
    return new Response(`window.synccheck={retcode:"${ret}",selector:"0"}`, { headers: script })
  }
  if (path.endsWith('/jslogin')) {
    return new Response(`window.QRLogin.code = ${ret}; window.QRLogin.uuid = "";`, { headers: script })
  }
  if (path.endsWith('/login')) return new Response(`window.code=${ret};`, { headers: script })
  if (path.startsWith('/ilink/')) return Response.json({ ret, errcode: ret, errmsg: '' })
  if (path.startsWith('/cgi-bin/') && !path.startsWith('/cgi-bin/mmwebwx-bin/'))
    return Response.json({ errcode: ret, errmsg: 'ordered fault' })
  if (path.includes('/v2/api/'))
    return Response.json({ ret: 500, msg: '操作失败', data: { code: String(ret), msg: '操作失败' } })
  const text = { 'Content-Type': 'text/plain; charset=UTF-8' }
  if (path.endsWith('/webwxnewloginpage')) {
    return new Response(`<error><ret>${ret}</ret><message></message></error>`, { headers: text })
  }
  return new Response(JSON.stringify({ BaseResponse: { Ret: ret, ErrMsg: '' } }), { headers: text })
}
