// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f]/

/** Whether a text holds ASCII control characters, those below U+0020 (signed-note § Format); newline is one of them. */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text)
}
