/** Patients of a small demo, and how many records of their charts it has. */
export const SMALL_PATIENTS = 3
export const SMALL_RECORDS = 40
