// The simulator serves the package's own file at this path; this line is for tools that follow imports.
export * from 'htm/preact/standalone'
