import { signOut } from 'next-auth/react'

/** Signs this browser out and leads to the sign-in page. */
export function leave(): void {
  void signOut({ redirect: false }).then(() => location.assign('/dashboard/sign-in'))
}
