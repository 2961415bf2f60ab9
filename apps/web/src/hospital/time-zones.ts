/** Under which people look for zones that some browsers list only by an older name, such as Asia/Calcutta. */
const PRESENT_NAMES = [
  ...['Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Yangon', 'Asia/Ho_Chi_Minh', 'Africa/Asmara'],
  ...['America/Nuuk', 'Atlantic/Faroe', 'Europe/Kyiv', 'Pacific/Chuuk', 'Pacific/Pohnpei'],
]

const isKnown = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The zones of the IANA database that may be chosen, `stored` among them whatever it is called. */
export function timeZones(stored: string): string[] {
  const zones = [stored, ...PRESENT_NAMES.filter(isKnown), ...Intl.supportedValuesOf('timeZone')]
  return [...new Set(zones)].sort()
}
