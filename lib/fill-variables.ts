/** Maximum length of a value in code points. */
const maxValueLength = 64
const variable = /\{\{\s*(\w+)\s*\}\}|\{(\w+)\}/g

/**
 * Returns the text with its variables, such as `{name}` or `{{name}}`, replaced by their values. A variable without a value stays. Values
 * lose control and bidirectional characters, and are shortened; a variable inside a value is not replaced.
 */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(variable, (whole, double: string | undefined, single: string | undefined) => {
    const name = double ?? single ?? ''
    return Object.hasOwn(values, name) ? clean(values[name] ?? '') : whole
  })
}

function clean(value: string): string {
  return [...value.replace(/[\p{Cc}\p{Cf}]/gu, '')].slice(0, maxValueLength).join('').trim()
}
