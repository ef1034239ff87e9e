/** What went wrong with a whole form, under its fields; nothing while all is well. */
export function FormProblem({ problem }: { problem: string | null }) {
  return (
    <p role="alert" className="text-sm text-bad empty:hidden">
      {problem}
    </p>
  )
}
