/** Any call's answer with nothing in it but this Ret, in the form that call has. */
export function retAnswer(path: string, ret: number): Response {
  const script = { 'Content-Type': 'text/javascript; charset=UTF-8' }
  if (path.endsWith('/synccheck')) {
    return new Response(`window.synccheck={retcode:"${ret}",selector:"0"}`, { headers: script })
  }
  if (path.endsWith('/jslogin')) {
    return new Response(`window.QRLogin.code = ${ret}; window.QRLogin.uuid = "";`, { headers: script })
  }
  if (path.endsWith('/login')) return new Response(`window.code=${ret};`, { headers: script })
  const text = { 'Content-Type': 'text/plain; charset=UTF-8' }
  if (path.endsWith('/webwxnewloginpage')) {
    return new Response(`<error><ret>${ret}</ret><message></message></error>`, { headers: text })
  }
  return new Response(JSON.stringify({ BaseResponse: { Ret: ret, ErrMsg: '' } }), { headers: text })
}
