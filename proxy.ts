import { NextResponse, type NextRequest } from 'next/server'
import { getToken } from 'next-auth/jwt'

/** Sends whoever has no cookie of ours to the sign-in page; the pages themselves check the operator's row. */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  if (pathname === '/dashboard/sign-in' || (await getToken({ req: request }))) return NextResponse.next()
  const returnTo = new URLSearchParams({ to: pathname + search })
  return NextResponse.redirect(new URL(`/dashboard/sign-in?${returnTo}`, request.url))
}

export const config = { matcher: ['/dashboard', '/dashboard/:path*'] }
