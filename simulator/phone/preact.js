// The simulator answers this path with the package's own file; this line is for tools that follow imports.
export * from 'htm/preact/standalone'
