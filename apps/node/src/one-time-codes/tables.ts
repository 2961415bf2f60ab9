export type OneTimeCodesTables = {
  one_time_codes: {
    purpose: 'consent' | 'activation' | 'recovery'
    /** The id of the one request this code answers. */
    subject: string
    salt: Buffer
    code_hash: Buffer
    /** SHA-256 over what was asked: a code for one scope, doctor or patient answers no other. */
    binding: Buffer
    expires_at: Date
    attempts_left: number
    sends_left: number
    consumed_at: Date | null
  }
}
