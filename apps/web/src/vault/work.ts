/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */
export {}
