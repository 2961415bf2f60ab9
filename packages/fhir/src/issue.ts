/** One finding about a resource. `path` is FHIRPath-like (`Patient.name[0].given`); no message repeats a value. */
export interface Issue {
  readonly severity: 'error' | 'warning'
  readonly path: string
  readonly message: string
}
