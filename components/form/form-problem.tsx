/** Shows the error of a whole form below its fields. */
export function FormProblem({ problem }: { problem: string | null }) {
  return (
    <p role="alert" className="text-sm text-bad empty:hidden">
      {problem}
    </p>
  )
}
