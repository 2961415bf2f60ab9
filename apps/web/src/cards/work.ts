/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */
export { block } from './work-desk.ts'
export * from './work-patient.ts'
