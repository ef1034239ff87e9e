/** Signs this browser out and leads to the sign-in page. */
export function leave(): void {
  // Loaded by those who leave: nobody else needs it.
  void import('next-auth/react')
    .then(({ signOut }) => signOut({ redirect: false }))
    .then(() => location.assign('/dashboard/sign-in'))
}
