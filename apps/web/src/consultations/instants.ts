/** An instant with the offset of this place, so that its first ten characters are the day on the wall. */
export function localInstant(now: Date = new Date()): string {
  const offset = -now.getTimezoneOffset()
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0')
  const wall = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 23)
  return `${wall}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}
