import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/auth/auth-options'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext } from '@/lib/http/web-context'

type Context = { params: Promise<{ nextauth: string[] }> }

function handle(request: NextRequest, context: Context): Promise<Response> {
  const { db, env } = webContext()
  return NextAuth(request, context, authOptions({ db, env, peerAddress: peerAddress(request) }))
}

export { handle as GET, handle as POST }
