import { NextResponse, type NextRequest } from 'next/server'
import { getToken } from 'next-auth/jwt'
import { toastStyleHashes } from '@/components/ui/toast-style-hashes'

/**
 * Redirects requests without a session cookie to the sign-in page; the pages themselves check the session's row. Sets a
 * Content-Security-Policy with a nonce, so that a page runs only the scripts of its own response and those that they load.
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
  // For the redirect after a sign-in, because a page does not know its own path.
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
    // Charts and popovers are positioned by `style` attributes, which cannot run or load anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    // The service worker of notifications.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Matches all pages, including the not-found page. Only paths that a route handler or a file serves are excluded, as whole
 * segments: `/robotsfoo` and `/docs/x` are not-found pages.
 */
export const config = {
  matcher: [
    '/((?!(?:robots|v1|wxbot)(?:/|$)|(?:api/auth|api/dashboard|api/qr|weiqun|_next/static)/|api/live$|docs$|docs/reference\\.js$|openapi\\.json$|readyz$|healthz$|manifest\\.webmanifest$|service-worker\\.js$|icon\\.svg$|icon\\d\\.png$|apple-icon\\.png$).*)',
  ],
}
