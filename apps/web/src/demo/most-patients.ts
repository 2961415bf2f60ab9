/** As `curo demo-data`. */
export const MOST_PATIENTS = 1000
export const USUAL_PATIENTS = 12
export const USUAL_SEED = 'curo'
