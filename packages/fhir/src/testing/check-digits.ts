/** Verhoeff's check digit, as SNOMED CT identifiers carry it (Release File Specification §2.3). */
export function hasVerhoeffDigit(id: string): boolean {
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const multiply = (a: number, b: number) => {
    const rotated =
      a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5
    return rotated
  }
  const digits = [...id].reverse().map((digit, place) => {
    let value = Number(digit)
    for (let turn = 0; turn < place % 8; turn++) value = permute[value] ?? 0
    return value
  })
  return digits.reduce(multiply, 0) === 0
}

/** LOINC's last digit is the Luhn digit of the rest. */
export function hasLuhnDigit(code: string): boolean {
  const [digits = '', check] = code.split('-')
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}
