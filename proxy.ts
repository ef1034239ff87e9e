import { NextResponse, type NextRequest } from 'next/server'
import { getToken } from 'next-auth/jwt'
import { toastStyleHashes } from '@/components/ui/toast-style-hashes'

/**
 * Sends whoever has no cookie of ours to the sign-in page; the pages themselves check the operator's row.
 * Every page runs only the scripts that the server has written into this very answer, and those they load.
 */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  const isOpen = !pathname.startsWith('/dashboard') || pathname === '/dashboard/sign-in'
  if (!isOpen && !(await getToken({ req: request }))) {
    const returnTo = new URLSearchParams({ to: pathname + search })
    return NextResponse.redirect(new URL(`/dashboard/sign-in?${returnTo}`, request.url))
  }
  const nonce = btoa(crypto.randomUUID())
  const policy = pagePolicy(nonce)
  const headers = new Headers(request.headers)
  // Next reads the nonce for its own scripts from the policy, the layout reads the other header for ours.
  headers.set('Content-Security-Policy', policy)
  headers.set('x-nonce', nonce)
  // For whoever has to sign in again: a page does not know its own address.
  headers.set('x-path', pathname + search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

const knownStyles = toastStyleHashes.map((hash) => `'${hash}'`).join(' ')

function pagePolicy(nonce: string): string {
  // oxlint-disable-next-line node/no-process-env -- Next writes it into the bundle
  const isDev = process.env['NODE_ENV'] === 'development'
  return [
    "default-src 'self'",
    // Hot reload evaluates code and talks over a socket.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    // Next's development server writes styles into the page without the nonce.
    isDev ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}' ${knownStyles}`,
    // Charts and what opens at a button are placed by `style` attributes, which run and load nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** All pages of Next, the one for what is not found included; calls and files answer with policies of their own. */
export const config = {
  matcher: ['/((?!api/|robots|v1/|wxbot/|weiqun/|docs|openapi|readyz|healthz|icon|_next/).*)'],
}
